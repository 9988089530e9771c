import { formatMoney, formatNumber } from "./format";
import type { Lead, Money } from "./types";

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

/** A field of a lead that people change. */
export interface LeadField {
  name: LeadFieldName;
  label: string;
  kind: LeadFieldKind;
}

type OutputOnly =
  | "id"
  | "etag"
  | "phone_valid"
  | "score"
  | "band"
  | "score_breakdown"
  | "duplicate_of"
  | "create_time"
  | "update_time"
  | "last_activity_time";
export type LeadFieldName = Exclude<keyof Lead, OutputOnly>;

export interface LeadFieldGroup {
  title: string;
  fields: LeadField[];
}

const field = (name: LeadFieldName, label: string, kind: LeadFieldKind = "text"): LeadField => ({
  name,
  label,
  kind,
});

/** Shown at the top of a lead, before its groups. */
export const statusField = field("status", "Status", "status");
export const ownerField = field("owner_id", "Owner", "member");

/** The facts of a lead as its page groups them. */
export const leadFieldGroups: LeadFieldGroup[] = [
  {
    title: "Contact",
    fields: [
      field("first_name", "First name"),
      field("last_name", "Last name"),
      field("email", "E-mail", "email"),
      field("phone", "Phone", "phone"),
      field("job_title", "Job title"),
      field("preferred_contact_method", "Preferred contact", "contact"),
      field("time_zone", "Time zone"),
      field("do_not_email", "Do not e-mail", "flag"),
      field("do_not_call", "Do not call", "flag"),
      field("do_not_sms", "Do not text", "flag"),
    ],
  },
  {
    title: "Company",
    fields: [
      field("company_name", "Company"),
      field("industry", "Industry"),
      field("company_size", "Employees", "count"),
      field("annual_revenue", "Annual revenue", "money"),
      field("website", "Website", "web"),
    ],
  },
  {
    title: "Address",
    fields: [
      field("street_address", "Street", "lines"),
      field("postal_code", "Postal code"),
      field("city", "City"),
      field("state", "State"),
      field("country", "Country"),
    ],
  },
  {
    title: "Origin",
    fields: [
      field("source", "Source", "source"),
      field("medium", "Medium"),
      field("campaign", "Campaign"),
    ],
  },
  { title: "About", fields: [field("description", "Description", "lines")] },
];

export const leadFields: LeadField[] = [
  statusField,
  ownerField,
  ...leadFieldGroups.flatMap((group) => group.fields),
];

/** What people call a lead: their name, else the company, else how to reach them. */
export function leadName(lead: Lead): string {
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
export function fieldText(lead: Lead, field: LeadField, names: Names): string {
  const value = lead[field.name];
  if (value === null || value === "") return "";
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
