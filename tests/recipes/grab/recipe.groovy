@Grab("com.acme:evil:1.0")
import java.util.Map

@Grapes([@Grab("a:b:1")])
def x = 1
copy { from "prod:users"; to "dev:users" }
