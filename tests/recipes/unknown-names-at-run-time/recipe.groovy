// What a method of unknown origin does with names only shows when it runs.
def config = [call: { Closure c -> c() }]
copy {
  from "prod:users"
  to "dev:users"
  config.call.with { println "never" }
  config["call"].call { limit name }
}
