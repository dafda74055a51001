import Banners
import Exchange
import Links
import Menus
import News
import Pages
import Polls
import SenKernel
import Weather

/// The plugins of this program, a line each.
let plugins: [any Plugin] = [
  NewsPlugin(),
  PollsPlugin(),
  LinksPlugin(),
  WeatherPlugin(),
  ExchangePlugin(),
  PagesPlugin(),
  MenusPlugin(),
  BannersPlugin(),
]
