#include "CPhoneNumber.h"

#include <cstring>
#include <set>
#include <string>

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

template <size_t capacity>
bool copy(const std::string &from, char (&to)[capacity]) {
  if (from.size() >= capacity) return false;
  std::memcpy(to, from.c_str(), from.size() + 1);
  return true;
}

}  // namespace

// No exception may cross into Swift: what throws (out of memory) is answered as "no number".

bool phone_number_parse(
    const char *text, size_t text_length, const char *region, phone_number *number) try {
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  if (util.Parse(std::string(text, text_length), region, &parsed) !=
      PhoneNumberUtil::NO_PARSING_ERROR) {
    return false;
  }
  std::string e164;
  util.Format(parsed, PhoneNumberUtil::E164, &e164);
  std::string numbers_region;
  util.GetRegionCodeForNumber(parsed, &numbers_region);
  if (numbers_region == "ZZ") numbers_region.clear();

  phone_number result = {};
  if (!copy(e164, result.e164) || !copy(parsed.extension(), result.extension) ||
      !copy(numbers_region, result.region)) {
    return false;
  }
  result.is_valid = util.IsValidNumber(parsed);
  result.is_possible =
      result.is_valid ||
      (util.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil::IS_POSSIBLE &&
       !parsed.italian_leading_zero());
  *number = result;
  return true;
} catch (...) {
  return false;
}

bool phone_number_knows_region(const char *region) try {
  // An own copy: libphonenumber hands out the set only by filling one.
  static const std::set<std::string> known = [] {
    std::set<std::string> regions;
    PhoneNumberUtil::GetInstance()->GetSupportedRegions(&regions);
    return regions;
  }();
  return known.count(region) != 0;
} catch (...) {
  return false;
}

bool phone_number_region_of_code(int code, char region[8]) try {
  std::string found;
  PhoneNumberUtil::GetInstance()->GetRegionCodeForCountryCode(code, &found);
  if (found.size() != 2 || found == "ZZ") return false;
  std::memcpy(region, found.c_str(), found.size() + 1);
  return true;
} catch (...) {
  return false;
}

int phone_number_code_of_region(const char *region) try {
  return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(region);
} catch (...) {
  return 0;
}
