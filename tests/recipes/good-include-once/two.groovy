param "n", default: 2
env("x") { region "eu-west-1" }
piece("p") { writers param("n") }
