include "missing.groovy"
param "n", defualt: 8
env "x" { readOnly }
copy {
	from 5
	whre pk: 1
	if (n > 3) { limit "x" }
}
@Grab("a:b:1")
import java.util.List
def x = unknown
