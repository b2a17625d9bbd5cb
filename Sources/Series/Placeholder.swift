enum SeriesDoor {}
