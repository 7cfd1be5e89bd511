copy { }
copy("named") { from "prod:users" }
defaults { segments 0 }
copy { to "dev:users"; limit 0 }
