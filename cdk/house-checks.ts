import { AwsSolutionsChecks, type IApplyRule, NagRuleCompliance } from 'cdk-nag'
import { isListed } from './wildcards.ts'

const NO_WILDCARDS = 'IAM5'

/** The AWS Solutions pack; a wildcard that wildcards.ts gives a reason for is no finding. */
export class HouseChecks extends AwsSolutionsChecks {
  protected override applyRule(params: IApplyRule): void {
    super.applyRule({
      ...params,
      rule: (node) => {
        const found = params.rule(node)
        if (params.ruleSuffixOverride !== NO_WILDCARDS || !Array.isArray(found)) return found
        const left = found.filter((finding) => !isListed(finding.replace(/^Resource::/, '')))
        return left.length > 0 ? left : NagRuleCompliance.COMPLIANT
      },
    })
  }
}
