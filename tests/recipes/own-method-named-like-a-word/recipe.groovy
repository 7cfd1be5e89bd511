def env(String name) {
  System.getenv(name)
}
copy { from "prod:${env("HOME")}"; to "dev:users" }
