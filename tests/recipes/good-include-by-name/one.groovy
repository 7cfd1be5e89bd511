env("x") { profile "first" }
