/// The commands of the kernel's own nouns.
enum KernelCommands {
  static let all: [Command] =
    SiteCommands.all + ConfigCommands.all + SearchCommands.all + [ReplaceCommand.command]
    + TrashCommands.all + TagCommands.all + JobCommands.all + MediaCommands.all + HistoryCommands.all
    + LogCommands.all + UserCommands.all + BackupCommands.all + SchemaCommands.all + SiteDataCommands.all
}
