// ICU's functions carry its version in their names; these wrappers do not. Texts are UTF-16. Each that
// writes a text returns its length, which may exceed the capacity, or -1 when it fails.
#pragma once
#include <stddef.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucol.h>
#include <unicode/uidna.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

static inline int32_t cicu_outcome(int32_t length, UErrorCode status) {
  return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR ? length : -1;
}

// The versions of the library and of Unicode, four numbers each, the greatest first.
static inline uint64_t cicu_version(void) {
  UVersionInfo library, unicode;
  u_getVersion(library);
  u_getUnicodeVersion(unicode);
  uint64_t version = 0;
  for (int place = 0; place < 4; place++) version = version << 8 | library[place];
  for (int place = 0; place < 4; place++) version = version << 8 | unicode[place];
  return version;
}

static inline int32_t cicu_compose(
    const UChar *_Nonnull text, int32_t length, UChar *_Nonnull result, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) return -1;
  int32_t count = unorm2_normalize(form, text, length, result, capacity, &status);
  return cicu_outcome(count, status);
}

static inline int32_t cicu_decompose(
    const UChar *_Nonnull text, int32_t length, UChar *_Nonnull result, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFDInstance(&status);
  if (U_FAILURE(status)) return -1;
  int32_t count = unorm2_normalize(form, text, length, result, capacity, &status);
  return cicu_outcome(count, status);
}

static inline int32_t cicu_fold(
    const UChar *_Nonnull text, int32_t length, UChar *_Nonnull result, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
  if (U_FAILURE(status)) return -1;
  int32_t count = unorm2_normalize(form, text, length, result, capacity, &status);
  return cicu_outcome(count, status);
}

// The readable form of a host name by UTS #46; -1 for a name that is none.
static inline int32_t cicu_domain(
    const UChar *_Nonnull text, int32_t length, UChar *_Nonnull result, int32_t capacity) {
  static UIDNA *idna;
  UErrorCode status = U_ZERO_ERROR;
  if (!idna) {
    UIDNA *opened = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI, &status);
    if (U_FAILURE(status)) return -1;
    UIDNA *none = NULL;
    if (!__atomic_compare_exchange_n(
            &idna, &none, opened, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
      uidna_close(opened);
    }
  }
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  int32_t count = uidna_nameToUnicode(idna, text, length, result, capacity, &info, &status);
  return info.errors ? -1 : cicu_outcome(count, status);
}

// The letters of ASCII that a text is written with, as far as there are any.
static inline int32_t cicu_transliterate(UChar *_Nonnull text, int32_t length, int32_t capacity) {
  static const UChar id[] = u"Any-Latin; Latin-ASCII";
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE(status)) return -1;
  int32_t limit = length;
  utrans_transUChars(rules, text, &length, capacity, 0, &limit, &status);
  utrans_close(rules);
  return U_SUCCESS(status) ? length : -1;
}

// The collator of the root locale, which several threads may use at once; null when ICU has no data.
static inline UCollator *_Nullable cicu_root_collator(void) {
  UErrorCode status = U_ZERO_ERROR;
  UCollator *collator = ucol_open("", &status);
  return U_SUCCESS(status) ? collator : NULL;
}

static inline int32_t cicu_sort_key(
    const UCollator *_Nonnull collator, const UChar *_Nonnull text, int32_t length,
    uint8_t *_Nonnull result, int32_t capacity) {
  return ucol_getSortKey(collator, text, length, result, capacity);
}

// Four bytes that change whenever keys do.
static inline void cicu_sort_key_version(
    const UCollator *_Nonnull collator, uint8_t *_Nonnull version) {
  ucol_getVersion(collator, version);
}

// The text that bytes in an encoding are, with U+FFFD for those that are none.
static inline int32_t cicu_decode(
    const char *_Nonnull encoding, const uint8_t *_Nonnull bytes, int32_t length,
    UChar *_Nonnull result, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(encoding, &status);
  if (U_FAILURE(status)) return -1;
  int32_t count = ucnv_toUChars(converter, result, capacity, (const char *)bytes, length, &status);
  ucnv_close(converter);
  return cicu_outcome(count, status);
}

// The characters that pairs of bytes from 0x8140 on are in an encoding, at their place in a table of 65,536;
// those of other pairs are left as they are.
static inline int32_t cicu_decode_pairs(const char *_Nonnull encoding, UChar *_Nonnull table) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(encoding, &status);
  if (U_FAILURE(status)) return -1;
  for (int lead = 0x81; lead <= 0xFE; lead++) {
    for (int trail = 0x40; trail <= 0xFE; trail++) {
      char pair[2] = {(char)lead, (char)trail};
      UChar result[4];
      UErrorCode fault = U_ZERO_ERROR;
      if (ucnv_toUChars(converter, result, 4, pair, 2, &fault) == 1 && U_SUCCESS(fault)) {
        table[lead << 8 | trail] = result[0];
      }
    }
  }
  ucnv_close(converter);
  return 0;
}

// The name of the country of a locale such as "und_DE" in the language of another; empty for none.
static inline int32_t cicu_country_name(
    const char *_Nonnull country, const char *_Nonnull language, UChar *_Nonnull result,
    int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = uloc_getDisplayCountry(country, language, result, capacity, &status);
  return cicu_outcome(count, status);
}

// All regions of ISO 3166-1 by their codes of two letters; ends with null.
static inline const char *_Nullable const *_Nonnull cicu_countries(void) {
  return uloc_getISOCountries();
}

// The code of three letters of the country of a locale such as "und_DE"; empty for none.
static inline const char *_Nonnull cicu_country_code(const char *_Nonnull country) {
  return uloc_getISO3Country(country);
}
