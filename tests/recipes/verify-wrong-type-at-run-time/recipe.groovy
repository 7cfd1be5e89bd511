def n = ["3"][0]
verify { from "prod:users"; to "dev:users"; repair deleteExtra: "yes".toUpperCase() }
copy { from "prod:users"; to "dev:users"; verify { sample n } }
