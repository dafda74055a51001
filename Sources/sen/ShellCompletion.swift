import Formats
import Foundation
import Grammar
import SenKernel

/// Completion in the user's own shell: the shell asks `sen __complete WORDS…`, which answers
/// `CANDIDATE<TAB>DESCRIPTION` a line, the last word being the one to complete.
enum ShellCompletion {
  /// The hidden first word.
  static let word = "__complete"

  static func answer(_ program: Program, _ words: [String]) -> Int32 {
    let last = words.last ?? ""
    let line = (words.dropLast().map { Word.quoted($0) } + [last.isEmpty ? "" : Word.quoted(last)])
      .joined(separator: " ")
    let globals = Array(words.dropLast().prefix(Doors.leadingGlobals(Array(words.dropLast()))))
    let completion = program.table.grammar.complete(line: line, cursor: line.utf8.count) { kind, prefix, _ in
      Completer(program, globals).live(kind, prefix)
    }
    let lines = completion.candidates.map { candidate in
      "\(candidate.text)\t\(candidate.description.prefix(60))\n".replacing("\u{1B}", with: " ")
    }
    do {
      try DescriptorSink().write(Array(lines.joined().utf8))
      return 0
    } catch {
      return 1
    }
  }

  static func script(_ shell: Shell) -> String {
    switch shell {
    case .bash:
      """
      _sen() {
        # bash parts words at = and :, which stand inside of Sen's words, and wants only the part behind.
        local words=() glue= current="${COMP_WORDS[COMP_CWORD]}" word line
        for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
          if [[ -n $glue || $word == [=:]* ]] && [[ ${#words[@]} -gt 0 ]]; then words[-1]+=$word
          else words+=("$word"); fi
          [[ $word == *[=:] ]] && glue=1 || glue=
        done
        [[ $current == [=:]* ]] && current=
        local before="${words[-1]%"$current"}"
        COMPREPLY=()
        while IFS= read -r line; do
          line="${line%%$'\\t'*}"
          COMPREPLY+=("$(printf '%q' "${line#"$before"}")")
        done < <(sen __complete "${words[@]}" 2>/dev/null)
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[/=] ]] && compopt -o nospace
        return 0
      }
      complete -F _sen sen

      """
    case .zsh:
      """
      #compdef sen
      _sen() {
        local -a found
        local line
        while IFS= read -r line; do found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}"); done < <(
          sen __complete "${(@)words[2,$CURRENT]}" 2>/dev/null)
        _describe sen found
      }
      compdef _sen sen

      """
    case .fish:
      """
      complete -c sen -f -a '(sen __complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'

      """
    }
  }
}
