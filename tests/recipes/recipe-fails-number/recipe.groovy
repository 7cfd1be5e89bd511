env("x") { endpoint "nonsense" }
  def n = Integer.parseInt("eight")
copy { from "prod:users"; to "dev:users" }
