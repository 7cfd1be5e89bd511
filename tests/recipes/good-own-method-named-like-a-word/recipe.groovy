def limit(n) { n * 2 }
copy { from "prod:users"; to "dev:users"; limit 4 }
println limit(4)
