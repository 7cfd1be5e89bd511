/** The one place that names every kind of store: a new one is hung in here. */
@Internal
package org.dynocopy.store.wiring;

import org.dynocopy.Internal;
