/** What jobs will take: units, dollars and time. */
package org.dynocopy.run.cost;
