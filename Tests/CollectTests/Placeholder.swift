import Collect
