import Banners
import Menus
import News
import Pages
import Polls
import SenKernel

/// The plugins of the program; `Sources/sen/Plugins.swift` lists the same.
let allPlugins: [any Plugin] = [
  NewsPlugin(), PollsPlugin(), PagesPlugin(), MenusPlugin(), BannersPlugin(),
]
