/** The worker loads the core while the page itself is still on its way. */

import "./core/core";

void import("./mount");
