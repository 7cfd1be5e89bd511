include "b.groovy"
