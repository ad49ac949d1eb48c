/** An invitation fills in what it already said; the visitor only looks it over. */
import { ask } from "./code.js";
import { go } from "./steps.js";
import { setParty } from "./party.js";
import { visit } from "./visit.js";

const field = document.getElementById("details").elements;

ask("invited", "/kiosk/invitations", "code", (invitation, { code }) => {
  Object.assign(visit, { invitation: code, host: invitation.host });
  field.visitor_name.value = invitation.name ?? "";
  field.visitor_company.value = invitation.company ?? "";
  if (invitation.purpose) field.purpose.value = invitation.purpose;
  setParty(invitation.party_size ?? 1);
  go("details");
});
