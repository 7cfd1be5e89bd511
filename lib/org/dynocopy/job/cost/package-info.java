/** What jobs will take: units, dollars and time. */
package org.dynocopy.job.cost;
