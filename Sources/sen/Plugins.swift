import News
import Polls
import SenKernel

/// The plugins of this program, a line each.
let plugins: [any Plugin] = [
  NewsPlugin(), PollsPlugin(),
]
