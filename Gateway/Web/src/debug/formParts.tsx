import { useState } from "react";
import { Drafts, PageStorage } from "../core/drafts";
import { FieldRefusal, Refusal } from "../core/problem";
import { DatePicker } from "../parts/DatePicker";
import { Empty } from "../parts/Empty";
import { Failure } from "../parts/Failure";
import { Field, SelectField, TextArea, TextField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { FormError } from "../parts/FormError";
import { LeaveDialog } from "../parts/LeaveDialog";
import { DraftsContext, useForm } from "../parts/useForm";
import { Shown, State } from "./shown";

const drafts = new Drafts(new PageStorage(), "nobody");

export function Forms() {
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  return (
    <DraftsContext.Provider value={drafts}>
      <Shown title="Form">
        <State name="In a dialog">
          <button type="button" className="button" onClick={() => setOpen("form")}>
            Fill in
          </button>
        </State>
        <State name="Leaving">
          <button type="button" className="button" onClick={() => setOpen("leave")}>
            Leave
          </button>
        </State>
        <State name="Fields">
          <TextField label="Company" hint="As it calls itself." defaultValue="Acme" />
          <TextField label="E-mail" error="Enter an e-mail address." defaultValue="nothing" />
          <TextField label="Score" disabled defaultValue="87" />
          <TextArea label="About" rows={2} />
          <SelectField label="Source">
            <option>Website</option>
          </SelectField>
        </State>
        <State name="Refused as a whole">
          <FormError error={new Refusal("The plan has no seat left")} />
        </State>
        <State name="Buttons">
          <div className="shown-buttons">
            <button type="button" className="button button-main">
              Create lead
            </button>
            <button type="button" className="button">
              Cancel
            </button>
            <button type="button" className="button" disabled>
              Not now
            </button>
            <button type="button" className="button-quiet bad">
              Delete
            </button>
          </div>
        </State>
        <State name="Empty">
          <Empty icon="people" title="No leads yet" reason="They come from forms and imports." />
        </State>
        <State name="Failure">
          <Failure error={new Refusal("It could not be loaded")} retry={() => undefined} />
        </State>
      </Shown>
      {open === "form" && <ThingDialog onClose={close} />}
      {open === "leave" && <LeaveDialog onStay={close} onLeave={close} />}
    </DraftsContext.Provider>
  );
}

function ThingDialog({ onClose }: { onClose: () => void }) {
  const form = useForm({
    name: "thing",
    initial: { first_name: "", last_name: "", birthday: "" },
    send: async ({ last_name }) => {
      if (last_name === "") throw new FieldRefusal({ last_name: "Enter a last name." });
    },
    onDone: onClose,
  });
  return (
    <FormDialog title="New thing" action="Create thing" form={form} onClose={onClose}>
      <TextField label="First name" {...form.text("first_name")} />
      <TextField label="Last name" {...form.text("last_name")} />
      <Field
        label="Birthday"
        error={form.errors["birthday"]}
        control={(wiring) => (
          <DatePicker {...wiring} label="Birthday" clearable {...form.field("birthday")} />
        )}
      />
    </FormDialog>
  );
}
