import static java.lang.System.exit
import static java.lang.System.exit as leave

class Rule {
  boolean keeps(item) {
    if (item.id == null) {
      System.exit(1)
    }
    true
  }
}

def system = System
def end = System.&exit
def out = Runtime::halt
def name = 'exit'
copy {
  from 'prod:users'
  to 'dev:users'
  filter { it.a || System.exit(0) }
  filter { it.b ?: Runtime.getRuntime().halt(0) }
  filter { it.c ?: Runtime.runtime.exit(0) }
  filter { it.d || system.exit(0) }
  filter { it.e || exit(0) }
  filter { it.f || leave(0) }
  filter { it.g || [System]*.exit(0) }
  filter { it.h || System."$name"(0) }
  filter { it.i || System.getMethod('exit', int).invoke(null, 0) }
  filter { it.j || System.invokeMethod('exit', 0) }
  filter { it.k || new Rule().keeps(it) }
  filter { it.exit == 'halt' }
}
System.exit(3)
