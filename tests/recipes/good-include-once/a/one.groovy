include "../two.groovy"
include "three.groovy"
