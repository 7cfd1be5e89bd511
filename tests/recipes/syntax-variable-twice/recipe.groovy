def x = 1
def x = 2
copy { from "prod:users"; to "dev:users" }
