#pragma once

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What libphonenumber makes of a text; each text ends with NUL and is empty when there is none.
typedef struct {
  /// "+" and at most 20 digits.
  char e164[24];
  /// The digits after "ext." or "x".
  char extension[24];
  /// CLDR region, "001" for numbers of no country.
  char region[8];
  /// Whether the number has as many digits as one of its country with its area code, and begins like one.
  bool is_possible;
  /// Whether the number is in a range that its country has assigned.
  bool is_valid;
} phone_number;

/// Reads a phone number as someone in `region` writes it; safe to call from any thread.
///
/// `text` need not end with NUL, `region` must. Returns false, with `number` unchanged, when the
/// text is no number.
bool phone_number_parse(
    const char *text, size_t text_length, const char *region, phone_number *number);

/// Whether the NUL-ended `region` is one whose numbers libphonenumber knows.
bool phone_number_knows_region(const char *region);

/// Writes the main region of a country code, such as "US" of 1, ends it with NUL and returns true; false when no
/// country has the code.
bool phone_number_region_of_code(int code, char region[8]);

/// The country code of the NUL-ended `region`, such as 49 of "DE"; 0 when it has none.
int phone_number_code_of_region(const char *region);

#ifdef __cplusplus
}
#endif
