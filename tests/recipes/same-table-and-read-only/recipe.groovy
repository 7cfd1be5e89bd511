env("frozen") { readOnly() }
copy { from "prod:users"; to "prod:users" }
copy { from "prod:users"; to "frozen:users" }
