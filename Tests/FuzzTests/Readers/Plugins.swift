import Banners
import Documents
import Exchange
import Gallery
import Links
import Menus
import News
import Pages
import Polls
import Questions
import SenKernel
import Visits
import Weather

/// The plugins of the program.
let allPlugins: [any Plugin] = [
  NewsPlugin(), PollsPlugin(), GalleryPlugin(), LinksPlugin(), WeatherPlugin(), ExchangePlugin(),
  PagesPlugin(),
  MenusPlugin(), BannersPlugin(), DocumentsPlugin(), QuestionsPlugin(), VisitsPlugin(),
]
