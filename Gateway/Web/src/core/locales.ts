import type { Option } from "./options";

/** Languages with the regions that write numbers in ways of their own; the API takes any other tag as well. */
const tags =
  "en en-AU en-CA en-GB en-IE en-IN en-NZ en-US en-ZA ar-AE ar-EG ar-SA bg-BG cs-CZ da-DK de-AT de-CH de-DE el-GR " +
  "es-AR es-CL es-CO es-ES es-MX et-EE fi-FI fr-BE fr-CA fr-CH fr-FR he-IL hi-IN hr-HR hu-HU id-ID it-CH it-IT ja-JP " +
  "ko-KR lt-LT lv-LV nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-RS sv-SE th-TH tr-TR uk-UA vi-VN " +
  "zh-CN zh-HK zh-TW";

/** Languages and regions by name: "German (Switzerland)"; and the present one, whichever that is. */
export function localeOptions(present: string): readonly Option[] {
  const all = new Set([...tags.split(" "), ...(present === "" ? [] : [present])]);
  return [...all]
    .map((tag) => ({ value: tag, label: localeName(tag), detail: tag }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}

function localeName(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
