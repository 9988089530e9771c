import * as json from "../src/core/json";
import { decodeMoney } from "../src/core/api.generated";
import { recordKind } from "../src/core/recordKind";

/** A kind of record with a field of every kind: all that its list, page, form and filters need. */
export const parcel = recordKind({
  object: "parcel",
  one: "parcel",
  many: "parcels",
  owner: "owner_id",
  board: "carrier",
  schema: {
    id: { label: "Id", type: "id", readOnly: true },
    etag: { label: "Etag", type: "etag", readOnly: true },
    name: { label: "Name", type: "text", required: true, sortable: true, searchable: true, maxLength: 100 },
    contents: { label: "Contents", type: "text", format: "paragraph", maxLength: 2000 },
    recipient: { label: "Recipient", type: "text", format: "email", maxLength: 254 },
    pieces: { label: "Pieces", type: "integer", sortable: true, minimum: 1, maximum: 100 },
    weight: { label: "Weight", type: "decimal", sortable: true, minimum: 0 },
    worth: { label: "Worth", type: "money", sortable: true, minimum: 0 },
    handling: { label: "Handling", type: "integer", unit: "s", sortable: true, minimum: 0 },
    fragile: { label: "Fragile", type: "bool" },
    due: { label: "Due", type: "date", sortable: true },
    handed_over: { label: "Handed over", type: "timestamp", sortable: true },
    carrier: { label: "Carrier", type: "text", choices: ["rail", "road", "ship"] },
    status: { label: "Status", type: "text", picklist: "parcel_status" },
    owner_id: { label: "Owner", type: "id", references: "member" },
    tags: { label: "Tags", type: "texts" },
    driver_phone: { label: "Phone of the driver", type: "text", format: "phone" },
    tracking: { label: "Tracking", type: "text", format: "url" },
    zone: { label: "Time zone", type: "text", format: "time_zone" },
    surcharge: { label: "Surcharge", type: "text", format: "condition" },
    colour: { label: "Colour", type: "text", format: "colour" },
    packer_ids: { label: "Packers", type: "ids", references: "member" },
  },
  decode: (raw) => {
    const from = json.object(raw);
    return {
      id: json.text(from["id"]),
      etag: json.text(from["etag"]),
      name: json.text(from["name"]),
      contents: json.text(from["contents"]),
      recipient: json.text(from["recipient"]),
      pieces: json.optional(from["pieces"], json.number),
      weight: json.optional(from["weight"], json.number),
      worth: json.optional(from["worth"], decodeMoney),
      handling: json.optional(from["handling"], json.decimal),
      fragile: json.flag(from["fragile"]),
      due: json.text(from["due"]),
      handed_over: json.text(from["handed_over"]),
      carrier: json.text(from["carrier"]),
      status: json.text(from["status"]),
      owner_id: json.text(from["owner_id"]),
      tags: json.list(from["tags"], json.text),
      driver_phone: json.text(from["driver_phone"]),
      tracking: json.text(from["tracking"]),
      zone: json.text(from["zone"]),
      surcharge: json.text(from["surcharge"]),
      colour: json.text(from["colour"]),
      packer_ids: json.list(from["packer_ids"], json.text),
    };
  },
});
