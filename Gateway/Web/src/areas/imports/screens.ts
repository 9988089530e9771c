// The screens of imports, loaded together: after one, another is often opened.

import "../../app/firstLoad";
import "../../app/laterStyles";

export { default as ImportScreen, RecordImportScreen } from "./ImportScreen";
export { default as ImportsScreen } from "./ImportsScreen";
export { default as NewImportScreen } from "./NewImportScreen";
