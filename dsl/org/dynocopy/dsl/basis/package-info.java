/** What the code of a filter depends on: the same in another run, or not. */
@Internal
package org.dynocopy.dsl.basis;

import org.dynocopy.Internal;
