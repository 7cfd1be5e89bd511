env("x") { regoin "a" }
