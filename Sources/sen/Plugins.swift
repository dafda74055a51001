import Banners
import Menus
import News
import Pages
import Polls
import SenKernel

/// The plugins of this program, a line each.
let plugins: [any Plugin] = [
  NewsPlugin(), PollsPlugin(), PagesPlugin(), MenusPlugin(), BannersPlugin(),
]
