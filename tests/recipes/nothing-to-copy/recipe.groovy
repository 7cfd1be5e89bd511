// Nothing yet.
env("x") { region "eu-west-1" }
