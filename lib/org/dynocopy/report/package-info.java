/** Tells people and programs what a copy will do, does, and has done. */
@Internal
package org.dynocopy.report;

import org.dynocopy.Internal;
