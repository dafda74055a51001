import News
import Polls
import SenKernel

/// The plugins of the program; `Sources/sen/Plugins.swift` lists the same.
let allPlugins: [any Plugin] = [NewsPlugin(), PollsPlugin()]
