import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { SECURITY_HEADERS } from '#core/api/security-headers.ts'
import type { Config } from '../config.ts'

/**
 * Pages of the dashboard have addresses of their own, and are all one file. Files lie in the folders of `web/public` and in
 * `assets`, or right under `/app/` and have an ending; a page that ends with somebody's id may look like one.
 */
const PAGES = `function handler(event) {
  var request = event.request
  var isFile = /^\\/app\\/((assets|icons)\\/.+|[^/]+\\.[a-z0-9]+)$/i.test(request.uri)
  if (!isFile) request.uri = '/app/index.html'
  return request
}`
const TO_THE_DASHBOARD = `function handler(event) {
  var uri = event.request.uri
  if (uri !== '/' && uri !== '/app') return event.request
  return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/app/' } } }
}`

export type WebStackProps = StackProps & { readonly apiHost: string; readonly socketApiId: string }

/** One origin: the dashboard under `/app/`, the socket at `/ws`, everything else the API. Files are put into the bucket by cdk/bin. */
export class WebStack extends Stack {
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, config: Config, { apiHost, socketApiId, ...props }: WebStackProps) {
    super(scope, id, props)
    const files = this.makeBucket()
    const headers = this.makeHeaders()
    const socketHost = Fn.join('', [socketApiId, '.execute-api.', this.region, '.', this.urlSuffix])
    const toApi: Omit<BehaviorOptions, 'origin'> = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: headers,
    }
    this.distribution = new Distribution(this, 'Site', {
      comment: this.stackName,
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(config.webAclArn === undefined ? {} : { webAclId: config.webAclArn }),
      ...(config.domain === undefined
        ? {}
        : {
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            domainNames: [config.domain.name],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', config.domain.certificateArn),
          }),
      defaultBehavior: {
        ...toApi,
        origin: new HttpOrigin(apiHost),
        functionAssociations: [this.atTheEdge('Home', TO_THE_DASHBOARD)],
      },
      additionalBehaviors: {
        '/ws': { ...toApi, origin: new HttpOrigin(socketHost) },
        '/app/*': {
          // With the right to list, a file that is not there is 404 in place of 403.
          origin: S3BucketOrigin.withOriginAccessControl(files as IBucket, {
            originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: headers,
          functionAssociations: [this.atTheEdge('Pages', PAGES)],
        },
      },
    })
    this.acknowledge(config)
    new CfnOutput(this, 'DashboardBucket', { value: files.bucketName })
    new CfnOutput(this, 'DashboardUrl', {
      value: `https://${config.domain?.name ?? this.distribution.distributionDomainName}/app/`,
    })
  }

  private makeBucket(): Bucket {
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds the built dashboard alone, and CloudFront alone reads it',
    })
    return bucket
  }

  private makeHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: SECURITY_HEADERS['content-security-policy'],
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          {
            header: 'cross-origin-resource-policy',
            value: SECURITY_HEADERS['cross-origin-resource-policy'],
            override: true,
          },
        ],
      },
    })
  }

  private atTheEdge(id: string, code: string) {
    const made = new EdgeFunction(this, id, { code: FunctionCode.fromInline(code), runtime: FunctionRuntime.JS_2_0 })
    return { function: made, eventType: FunctionEventType.VIEWER_REQUEST }
  }

  private acknowledge({ domain, webAclArn }: Config): void {
    const rules = [
      {
        id: '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
        reason:
          'The root of the bucket is out of reach: what is asked of it begins with /app/, and is a file or the page',
      },
      { id: 'AwsSolutions-CFR1', reason: 'Merchants are everywhere' },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Access logs hold the addresses of people; the API logs its requests without',
      },
    ]
    if (webAclArn === undefined)
      rules.push({ id: 'AwsSolutions-CFR2', reason: 'WAF is chosen in cdk/config.ts (webAclArn)' })
    if (domain === undefined)
      rules.push({
        id: 'AwsSolutions-CFR4',
        reason: 'CloudFront’s own name has CloudFront’s certificate and its TLS; see domain in cdk/config.ts',
      })
    Validations.of(this.distribution).acknowledge(...rules)
  }
}
