import { decodePipeline, type Pipeline, pipelineSchema } from "../../core/api.generated";
import { recordKind } from "../../core/recordKind";
import { addRuleWords } from "../../core/ruleWords";
import { words } from "../../words/pipelines";

/** Pipelines, which have a table of their own and no list screen. */
export const pipeline = recordKind<Pipeline>({
  object: "pipeline",
  one: words.one,
  many: words.many,
  address: "/settings/pipelines",
  schema: pipelineSchema,
  titleFields: ["display_name"],
  decode: decodePipeline,
  lacks: ["fields", "query", "order_by", "from_end", "batch", "export"],
});

addRuleWords({
  kind: [[/must stay .+ while deals are in/, words.rules.keepsKind]],
  display_name: [[/names of the other stages/, words.rules.sameName]],
  required_fields: [[/fields of deals that can be set/, words.rules.notSet]],
});
