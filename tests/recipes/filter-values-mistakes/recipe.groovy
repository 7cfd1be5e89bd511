import groovy.transform.CompileStatic
import static java.lang.Math.log

double half = 1 / 2
def ratio = 0.25d

@CompileStatic
def fast(item) { item }

def average(float x) { x as Double }

copy {
  from 'prod:${table}'
  to 'dev:us\${er}s'
  filter { it.age === 5 }
  filter { it.age instanceof Integer || it.age in BigDecimal }
  filter { switch (it.age) { case Long: return true }; false }
  filter { it.age.toDouble() > 1 || it.age.doubleValue() > 1 }
  filter { Math.sqrt(it.age) > 2 || log(it.age) > 2 || Math.max(it.age, 2) > 5 }
  filter { it.age.getClass() == Integer || it.age.is(5) || it === null }
  filter { Double.parseDouble(it.name) > 1 }
  filter { it.with { metaClass == "x" } }
  filter { (double) it.age > 1f }
}
