// What is loaded first of what a signed-in member sees. Each part that is loaded later begins with an import of this,
// although it has long been loaded by then: so the bundler need not tell what each of them shares with it, and puts it
// into one file in place of dozens of small ones, whose headers and compression cost more than they save. So it does with
// what Home, which begins with the frame alone, has in common with these parts.

import "./SignedIn";
import "../areas/leads/LeadList";
import "../areas/home/common";
