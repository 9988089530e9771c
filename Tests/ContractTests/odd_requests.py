"""Requests made of nothing but descriptors: mostly as declared, with a few values at an extreme."""

import re

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor import FieldDescriptor as Field

TYPE_ID = re.compile(r"^([a-z][a-z_]*)_[0-7][0-9a-hjkmnp-tv-z]{25}$")
KEPT_IDS = 40

# No log line may hold it: every text that is made here does, except keys and ids.
MARK = "Zq9x"

INTEGERS = {
    Field.CPPTYPE_INT32: (-(1 << 31), (1 << 31) - 1),
    Field.CPPTYPE_INT64: (-(1 << 63), (1 << 63) - 1),
    Field.CPPTYPE_UINT32: (0, (1 << 32) - 1),
    Field.CPPTYPE_UINT64: (0, (1 << 64) - 1),
}

TEXTS = [
    "", " ", "\t\n", "0", "-1", "null", "%", "'", '"', "\\", "*", ";", "--", "a" * 201,
    "e" + "\u0301" * 14_500, "\u0301" * 100, "\u202e" + MARK, "\ufeff" + MARK, "\u212a", "\uffff",
    "\U0010ffff" * 50, "\u1100\u1161\u11a8" * 300, "\u0000", MARK + "\u0000" + MARK,
    MARK * 8_000, "\U0001f468\u200d" * 4_000, "," * 100_000, "%s%n%d", "../../etc/passwd",
    "9223372036854775808", "-9223372036854775809", "1e400", "NaN", "9" * 5_000,
]

CONDITIONS = [
    "(" * 5_000 + "1" + ")" * 5_000, "!" * 5_000 + "true", "1" + "+1" * 5_000, "[" * 2_000,
    "9223372036854775807 + 1 > 0", "-9223372036854775808 / -1 > 0", "1 / 0 == 1", "1 % 0 == 1",
    "0.0 / 0.0 == 0.0", "1e308 * 10.0 > 0.0", "'a' * 3", "id in [" + "'x'," * 5_000 + "'y']",
    "id.contains('" + "a" * 5_000 + "')", "id.matches('(a+)+$')", "size(id) > 9223372036854775807",
    "timestamp('9999-12-31T23:59:59Z') + duration('9223372036s') > create_time",
    "create_time > timestamp('0000-00-00T00:00:00Z')", "has(id)", "id", "'\\ud800'", "id == b'\\xff'",
]

# What a text field of the name takes, where no option says it.
KNOWN = {
    "currency": ["EUR", "USD", "JPY"], "action": ["read", "edit", "delete", "export"],
    "source_system": ["", "other"], "time_zone": ["", "Europe/Berlin"],
    "rule": ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "FREQ=HOURLY"],
}
# Texts that name a record of any kind, where no option says it.
NAMING = ("record",)
# What a request is about, though no option says that it must have it.
NEEDED = ("id", "rule", *NAMING)

# The beginning of a month, in seconds since 1970.
MONTH, DAY = 1_767_225_600, 86_400

NUMBERS = [0.0, -0.0, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan")]


def message_class(descriptor):
    return message_factory.GetMessageClass(descriptor)


class Requests:
    """Makes requests, and learns ids, keys and page tokens from the answers."""

    def __init__(self, chance, options, kinds, spared):
        self.chance = chance
        self.spared = spared
        self.field_option = options.field
        self.resource_option = options.resource
        self.formats = options.FieldFormat
        self.kinds = {
            value.number: value.GetOptions().Extensions[kinds.kind].prefix
            for value in kinds.Kind.DESCRIPTOR.values
        }
        self.records: dict[str, Descriptor] = {}
        self.strangers: list[str] = []
        self.forget()

    def forget(self):
        """Begins with another tenant: what is known so far is a stranger's."""
        known = [one for all in getattr(self, "ids", {}).values() for one in all]
        self.strangers = (self.strangers + known)[-KEPT_IDS:]
        self.ids: dict[str, list[str]] = {}
        self.keys: dict[str, list[str]] = {}
        self.tokens: list[str] = []
        self.etags: dict[str, str] = {}

    def meet(self, methods):
        """Learns which records there are: those that a method answers."""
        for method in methods:
            if method.output_type.GetOptions().HasExtension(self.resource_option):
                self.records[method.output_type.name] = method.output_type

    def _record(self, method):
        """The record that a method is about, by its name; the longest that fits."""
        names = [name for name in self.records if name in method.name]
        return self.records[max(names, key=len)] if names else None

    # What answers teach

    def learn(self, message):
        if hasattr(message, "etag") and message.etag:
            self.etags[message.id] = message.etag
        for field, value in message.ListFields():
            if field.message_type and not field.message_type.GetOptions().map_entry:
                for each in value if field.is_repeated else [value]:
                    self.learn(each)
            elif field.type == Field.TYPE_STRING and not field.is_repeated:
                self._learn_text(message.DESCRIPTOR.name, field.name, value)

    def _learn_text(self, record, name, value):
        if found := TYPE_ID.match(value):
            self._keep(self.ids.setdefault(found[1], []), value)
        elif name == "key":
            self._keep(self.keys.setdefault(record, []), value)
        elif name.startswith("next_") and value:
            self._keep(self.tokens, value)

    def _keep(self, known, value):
        if value not in known and value != self.spared:
            known.append(value)
        if len(known) > KEPT_IDS:
            known.pop(self.chance.randrange(KEPT_IDS))

    # A request

    def request(self, method):
        """A request as it is declared, of which up to two values are at an extreme."""
        message = message_class(method.input_type)()
        self._fill(message, method, depth=0)
        self._follow_up(message)
        for _ in range(self.chance.choice([0, 0, 0, 1, 1, 2])):
            self._spoil(message)
        # Nobody waits half a minute for a log without news.
        for field in message.DESCRIPTOR.fields:
            if field.name.startswith("wait_") and 0 < getattr(message, field.name) <= 30_000:
                setattr(message, field.name, 1)
        return message

    def wire(self, message):
        """The request's bytes; a few of them are not those of such a message."""
        content = bytearray(message.SerializeToString())
        if content and self.chance.random() < 0.03:
            for _ in range(self.chance.randrange(1, 4)):
                content[self.chance.randrange(len(content))] = self.chance.randrange(256)
            if self.chance.random() < 0.3:
                del content[self.chance.randrange(len(content)):]
        return bytes(content)

    def _follow_up(self, message):
        """Names the etag of the record that it changes, mostly the newest."""
        inner = [getattr(message, field.name) for field in message.DESCRIPTOR.fields
                 if field.message_type and not field.is_repeated]
        for each in [message, *inner]:
            if hasattr(each, "etag") and getattr(each, "id", "") in self.etags:
                each.etag = self.etags[each.id] if self.chance.random() < 0.9 else "stale"

    def _fill(self, message, method, depth):
        for field in message.DESCRIPTOR.fields:
            traits = self._traits(field)
            likely = 0.98 if traits.required or field.name in NEEDED else 0.35
            if traits.searchable or field.type == Field.TYPE_BYTES or field.name in ("ids", "rule_ids"):
                likely = 0.8
            if traits.output_only and field.name != "id":
                likely = 0.02
            if self.kinds.get(traits.references) and not self._known(traits):
                likely *= 0.2
            if field.message_type and not field.is_repeated and depth == 0:
                likely = 0.97
            if self.chance.random() > likely or depth > 3 or (
                    field.containing_oneof and message.WhichOneof(field.containing_oneof.name)):
                continue
            if field.is_repeated:
                self._fill_list(getattr(message, field.name), field, traits, method, depth)
            elif field.message_type:
                self._fill_message(getattr(message, field.name), field, message, method, depth)
            else:
                setattr(message, field.name, self._plain(field, traits, method))

    def _fill_list(self, values, field, traits, method, depth):
        if field.message_type:
            if field.message_type.GetOptions().map_entry:
                return
            for _ in range(self.chance.randrange(3)):
                self._fill(values.add(), method, depth + 1)
        else:
            values.extend(
                self._plain(field, traits, method) for _ in range(self.chance.randrange(4)))

    def _fill_message(self, value, field, parent, method, depth):
        kind = value.DESCRIPTOR.full_name
        value.SetInParent()
        if kind == "google.protobuf.FieldMask":
            value.paths.extend(self._paths(parent))
        elif kind == "google.protobuf.Timestamp":
            value.seconds = self._moment(field)
        else:
            self._fill(value, method, depth + 1)

    def _moment(self, field):
        """Seconds: mostly of a month, in which what begins does so before all else."""
        if self.chance.random() < 0.2:
            return self.chance.randrange(0, 4_000_000_000)
        begins = field.name.startswith("start_")
        return MONTH + (0 if begins else 10 * DAY) + self.chance.randrange(10 * DAY)

    def _paths(self, parent):
        """Fields of the message beside the mask."""
        names = [
            inner.name
            for field in parent.DESCRIPTOR.fields
            if field.message_type and not field.message_type.full_name.startswith("google.")
            for inner in field.message_type.fields
            if not self._traits(inner).output_only and not self._traits(inner).immutable
        ]
        return self.chance.sample(names, min(len(names), self.chance.randrange(1, 4)))

    def _plain(self, field, traits, method):
        chance = self.chance
        if field.type == Field.TYPE_STRING:
            return self._text(field, traits, method)
        if field.type == Field.TYPE_BYTES:
            return chance.choice([b"x", b"last_name,email\n" + MARK.encode() + b",a@b.example\n"])
        if field.cpp_type == Field.CPPTYPE_BOOL:
            return chance.random() < 0.5
        if field.cpp_type == Field.CPPTYPE_ENUM:
            return chance.choice([value.number for value in field.enum_type.values])
        if field.cpp_type in (Field.CPPTYPE_DOUBLE, Field.CPPTYPE_FLOAT):
            return chance.choice([0.0, 1.5, -2.25])
        most = min(traits.maximum, 100) if traits.HasField("maximum") else 100
        least = min(max(traits.minimum, 0), most)
        return chance.choice([least, chance.randint(least, most)])

    def _text(self, field, traits, method):
        chance, formats = self.chance, self.formats
        word = MARK + str(chance.randrange(1_000))
        if traits.choices:
            return chance.choice(list(traits.choices))
        if traits.references or field.name in ("id", "ids", "tenant_id", *NAMING) or field.name.endswith("_id"):
            return self._id(field, traits, method)
        if traits.picklist:
            record = "".join(word.title() for word in traits.picklist.split("_"))
            return chance.choice(self.keys.get(record, ["new"]))
        if field.name in ("page_token", "cursor"):
            return chance.choice(self.tokens) if self.tokens and chance.random() < 0.3 else ""
        if field.name in ("etag", "request_id"):
            return ""
        if field.name in KNOWN:
            return chance.choice(KNOWN[field.name])
        if field.name in ("order_by", "group_by", "sum", "fields"):
            names = self._fields(method, sortable=field.name == "order_by")
            return chance.choice([each.name for each in names] or [""])
        if field.name == "filter" or traits.format == formats.FIELD_FORMAT_CONDITION:
            return self._condition(method)
        return {
            formats.FIELD_FORMAT_EMAIL: f"{word}@{word}.example",
            formats.FIELD_FORMAT_PHONE: f"+4930{chance.randrange(1_000_000, 9_999_999)}",
            formats.FIELD_FORMAT_URL: f"https://{word}.example",
            formats.FIELD_FORMAT_TIME_ZONE: "Europe/Berlin",
            formats.FIELD_FORMAT_KEY: f"key_{chance.randrange(1_000)}",
            formats.FIELD_FORMAT_DATE: "2026-02-28",
            formats.FIELD_FORMAT_COLOUR: "#a1b2c3",
        }.get(traits.format, word)

    def _known(self, traits):
        """Ids of the kind that a field names."""
        return self.ids.get(self.kinds.get(traits.references))

    def _id(self, field, traits, method):
        prefix = self.kinds.get(traits.references)
        # KIND_ANY has no prefix: an id of any kind.
        is_any = bool(traits.references) and not prefix or field.name in NAMING and not traits.references
        if not prefix and not is_any and (record := self._record(method)):
            prefix = self.kinds[record.GetOptions().Extensions[self.resource_option].kind]
        if not prefix and not is_any:
            said = [each for each in self.ids if each.replace("_", "") in method.name.lower()]
            prefix = max(said, key=len, default=None)
        everything = [one for all in self.ids.values() for one in all]
        known = self.ids.get(prefix or "") or everything
        if self.chance.random() < 0.1:
            known = everything + self.strangers
        return self.chance.choice(known) if known else "lead_01h455vb4pex5vsknk084sn02q"

    def _condition(self, method):
        fields = self._fields(method)
        if not fields:
            return ""
        field = self.chance.choice(fields)
        text = f'"{MARK}"'
        value = self.chance.choice({
            Field.CPPTYPE_STRING: [text, "null"], Field.CPPTYPE_BOOL: ["true"],
            Field.CPPTYPE_MESSAGE: ["timestamp('2026-01-01T00:00:00Z')"],
        }.get(field.cpp_type, ["1", "0", "100"]))
        comparison = self.chance.choice(["==", "!=", "<", ">=", "in"])
        condition = f"{field.name} {comparison} {f'[{value}]' if comparison == 'in' else value}"
        return condition if self.chance.random() < 0.7 else f"!({condition}) || size(id) > 3"

    def _fields(self, method, sortable=False):
        """The fields of the record that the method is about."""
        record = self._record(method)
        return [
            field for field in (record.fields if record else [])
            if not sortable or self._traits(field).sortable]

    def _traits(self, field):
        return field.GetOptions().Extensions[self.field_option]

    # Extremes

    def _spoil(self, message):
        """Sets one field, at any depth, to an extreme."""
        fields = [field for field in message.DESCRIPTOR.fields]
        if not fields:
            return
        field = self.chance.choice(fields)
        if field.is_repeated:
            self._spoil_list(getattr(message, field.name), field)
        elif field.message_type:
            inner = getattr(message, field.name)
            inner.SetInParent()
            self._spoil(inner)
        else:
            self._set(message, field, self._extreme(field))

    def _spoil_list(self, values, field):
        count = self.chance.choice([1, 2, 201, 1_001, 20_000])
        if field.message_type:
            if not field.message_type.GetOptions().map_entry:
                for _ in range(count):
                    values.add()
                self._spoil(values[0])
        else:
            values.extend([self._extreme(field)] * (count if count < 300 else 1))
            values.extend([self._short(field)] * count)

    def _short(self, field):
        return {Field.TYPE_STRING: "a", Field.TYPE_BYTES: b"a"}.get(field.type, 1)

    def _set(self, message, field, value):
        try:
            setattr(message, field.name, value)
        except (ValueError, UnicodeError):
            pass  # An encoder that keeps to the type does not write it.

    def _extreme(self, field):
        chance = self.chance
        if field.type == Field.TYPE_STRING:
            if field.name in ("filter", "condition") and chance.random() < 0.7:
                return chance.choice(CONDITIONS)
            return chance.choice(TEXTS)
        if field.type == Field.TYPE_BYTES:
            return chance.choice([
                b"\xff" * 10_000, b"," * 1_000_000, b'"' * 10_001, b"\n" * 100_000, b"\x00" * 9,
                b"PK\x03\x04" + b"\xff" * 99, b"a" * (3 << 20)])
        if field.cpp_type == Field.CPPTYPE_BOOL:
            return True
        if field.cpp_type == Field.CPPTYPE_ENUM:
            return chance.choice([-1, 99, (1 << 31) - 1, -(1 << 31)])
        if field.cpp_type in (Field.CPPTYPE_DOUBLE, Field.CPPTYPE_FLOAT):
            return chance.choice(NUMBERS)
        least, most = INTEGERS[field.cpp_type]
        power = 1 << chance.randrange(63)
        return chance.choice([
            least, least + 1, -1, 0, 1, most - 1, most,
            *(value for value in (power, power - 1, -power) if least <= value <= most)])
