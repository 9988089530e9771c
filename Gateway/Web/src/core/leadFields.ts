import { type LeadInput, leadSchema } from "./api.generated";
import { formatMoney, formatNumber } from "./format";
import type { FieldDescription } from "./json";
import type { Lead, ListedLead, Money } from "./types";

/** How a field is shown and edited. */
export type LeadFieldKind =
  | "text"
  | "lines"
  | "email"
  | "phone"
  | "web"
  | "count"
  | "money"
  | "flag"
  | "contact"
  | "status"
  | "source"
  | "member";

export type LeadFieldName = LeadInput;

/** A field of a lead that people change. */
export interface LeadField {
  name: LeadFieldName;
  label: string;
  kind: LeadFieldKind;
}

export interface LeadFieldGroup {
  title: string;
  fields: LeadField[];
}

const field = (name: LeadFieldName): LeadField => ({
  name,
  label: leadSchema[name].label,
  kind: kindOf(leadSchema[name]),
});

const formatKinds: Partial<Record<NonNullable<FieldDescription["format"]>, LeadFieldKind>> = {
  paragraph: "lines",
  email: "email",
  phone: "phone",
  url: "web",
};

function kindOf(field: FieldDescription): LeadFieldKind {
  if (field.picklist === "lead_status") return "status";
  if (field.picklist === "lead_source") return "source";
  if (field.references === "member") return "member";
  if (field.choices !== undefined) return "contact";
  switch (field.type) {
    case "bool":
      return "flag";
    case "integer":
      return "count";
    case "money":
      return "money";
    default:
      return (field.format && formatKinds[field.format]) ?? "text";
  }
}

/** Shown at the top of a lead, before its groups. */
export const statusField = field("status");
export const ownerField = field("owner_id");

/** The facts of a lead as its page groups them. */
export const leadFieldGroups: LeadFieldGroup[] = [
  {
    title: "Contact",
    fields: [
      field("first_name"),
      field("last_name"),
      field("email"),
      field("phone"),
      field("job_title"),
      field("preferred_contact_method"),
      field("time_zone"),
      field("do_not_email"),
      field("do_not_call"),
      field("do_not_sms"),
    ],
  },
  {
    title: "Company",
    fields: [
      field("company_name"),
      field("industry"),
      field("company_size"),
      field("annual_revenue"),
      field("website"),
    ],
  },
  {
    title: "Address",
    fields: [
      field("street_address"),
      field("postal_code"),
      field("city"),
      field("state"),
      field("country"),
    ],
  },
  {
    title: "Origin",
    fields: [
      field("source"),
      field("medium"),
      field("campaign"),
    ],
  },
  { title: "About", fields: [field("description")] },
];

export const leadFields: LeadField[] = [
  statusField,
  ownerField,
  ...leadFieldGroups.flatMap((group) => group.fields),
];

/** What people call a lead: their name, else the company, else how to reach them. */
export function leadName(lead: ListedLead): string {
  const person = `${lead.first_name} ${lead.last_name}`.trim();
  return person || lead.company_name || lead.email || lead.phone || "Lead without a name";
}

export function isFilled(lead: Lead, name: LeadFieldName): boolean {
  const value = lead[name];
  return value !== "" && value !== null && value !== false;
}

/** Names of what a tenant defines and of people, by key and id. */
export interface Names {
  status(key: string): string;
  source(key: string): string;
  member(id: string): string;
}

export const contactMethods: Record<string, string> = {
  email: "E-mail",
  phone: "Phone",
  sms: "Text message",
};

/** A field's value in words; "" when it is empty. */
export function fieldText(lead: ListedLead, field: LeadField, names: Names): string {
  const value = lead[field.name];
  if (value === undefined || value === null || value === "") return "";
  switch (field.kind) {
    case "count":
      return formatNumber(value as number);
    case "money":
      return formatMoney(value as Money);
    case "flag":
      return value === true ? "Yes" : "No";
    case "contact":
      return contactMethods[value as string] ?? String(value);
    case "status":
      return names.status(value as string);
    case "source":
      return names.source(value as string);
    case "member":
      return names.member(value as string);
    default:
      return String(value);
  }
}

/** Whether a lead can be called: it has a number that can exist, and nobody asked not to. */
export function mayCall(lead: Lead): boolean {
  return lead.phone !== "" && lead.phone_valid && !lead.do_not_call;
}

/** What a phone dials for a lead. */
export function callAddress(lead: Lead): string {
  return `tel:${lead.phone.replace(/[^\d+]/g, "")}`;
}

/** An address that is safe to link to, or null: only the web is linked. */
export function webAddress(text: string): string | null {
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(candidate);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

export const bands = ["very_hot", "hot", "warm", "cold"] as const;

export const bandNames: Record<string, string> = {
  cold: "Cold",
  warm: "Warm",
  hot: "Hot",
  very_hot: "Very hot",
};
