// A static method has no recipe around it.
static copyOne() { copy { from "prod:users"; to "dev:users" } }
copyOne()
