/** What all jobs have in common: how they are described, run and reported. */
@Internal
package org.dynocopy.run.job;

import org.dynocopy.Internal;
