import { decodeMember, decodeSession, type Member, type Session as Answer } from "./api.generated";
import * as json from "./json";

/** The signed-in member, with what the gateway adds to the service's response. */
export interface Session extends Answer {
  member: Member;
  tenant_name: string;
  csrf_token: string;
}

export function sessionOf(raw: unknown): Session {
  const from = json.object(raw);
  return {
    ...decodeSession(raw),
    member: decodeMember(from.member),
    tenant_name: json.text(from.tenant_name),
    csrf_token: json.text(from.csrf_token),
  };
}
