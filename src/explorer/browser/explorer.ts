import { liveBuilder } from "./builder.ts";
import { livePath } from "./live-path.ts";
import { followHistory, livePictures } from "./picture.ts";
import { carryKnown, offerPath } from "./progress.ts";
import { suggest } from "./suggest.ts";

// What makes pages quick where there is script; without it, forms and links do the same.
livePath();
liveBuilder();
livePictures();
followHistory();
carryKnown();
offerPath();
for (const field of document.querySelectorAll<HTMLInputElement>('input[type="search"]')) suggest(field);
