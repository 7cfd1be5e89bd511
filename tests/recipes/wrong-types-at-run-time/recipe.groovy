def config = [wide: "8", nothing: null]
copy {
  from config.nothing
  to "dev:users"
  segments config.wide
  where pk: config.nothing
}
copy {
  from "prod:users"
  to config.wide.length()
  where pk: [1, [2]], skBegins: true, gsi: config.nothing
  project config.nothing
}
env(config.nothing) { }
env("x") { region config.nothing; endpoint " "; credentials "a", config.nothing }
