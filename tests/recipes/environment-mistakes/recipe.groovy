env("x") { endpoint "localhost:8000"; role "copy"; region "" }
env("arn") { }
env("a:b") { }
env("x") { region "eu-west-1" }
copy { from "x:users"; to "dev:users" }
