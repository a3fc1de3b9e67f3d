/** What `--help` prints. */
export const HELP = `CloudTrail Investigator: read CloudTrail logs where they are, offline.

Usage
  cloudtrail-investigator <command> [options] PATH…

A PATH is a file or a folder. Files are told by what is in them: delivered .json and .json.gz, LookupEvents
answers, JSON lines, CloudWatch Logs exports, EventBridge, Athena and console CSV, and more; gzip, zstd and zip
are unpacked. Folders are walked.

Commands
  inspect PATH…   what each file is, how many records it holds, what is wrong with it
      --format table|json            (default table)
  events PATH…    the events, in the order they stand in the files
      --format table|ndjson|csv|json (default table; ndjson is each record exactly as delivered)
      --unique                       print an event that was delivered twice once
      --pattern P                    only what the CloudWatch Logs filter pattern P matches, as delivered: the
                                     format is then ndjson unless --format says otherwise; what about P may
                                     surprise goes to standard error
      --json                         tell what is wrong with P as JSON
  findings PATH…  what the rules find, most severe first: in one record, and in several (thresholds, sequences)
      --severity info|low|medium|high|critical
                                     the least severe to print (default low)
      --format table|json|sarif|csv|markdown
                                     (default table; markdown is a report to read)
      --attack v19|v18               names of ATT&CK tactics and techniques (default v19)
      --rules DIR                    rules of your own too: a YAML file, or a folder of them
      --only-rules                   without the built-in ones
      --rule ID,ID                   these rules alone, also those that wait to be asked for
      --mutes FILE                   leave out what the mutes in this YAML file say; how many goes to standard error
  explain P       what a filter pattern means in plain words, and what about it may surprise
      --json
  sql P           a filter pattern as SQL
      --dialect athena|lake          (default athena)
      --table NAME                   Athena's table (default cloudtrail_logs) or the event data store's id
      --from TIME, --to TIME         what to scan (default the last seven days)
      --condition                    the condition alone
      --json                         tell what is wrong with P, or not to be said in SQL, as JSON
  validate PATH…  whether the logs are those that CloudTrail's digests name, whole and unchanged
      --public-keys FILE|DIR         output of aws cloudtrail list-public-keys; may be repeated
      --signatures FILE              the signatures that S3 keeps as metadata of the digests
      --start T, --end T             times of delivery, e.g. 2026-03-04T05:00:00+09:00
      --account A, --region R        only this account, this Region
      --bucket B                     the bucket the copy was taken from, to be checked too
      --verbose                      print what is valid, too
      --format text|json             (default text: the words of aws cloudtrail validate-logs)

  sessions PATH…  who is behind each access key and session, through every role
      --format tree|json             (default tree)

  --version, --help

Exit codes
  0  something was printed
  1  nothing was found; sql: SQL cannot say it exactly
  2  the command line makes no sense, or the pattern has a syntax error, shown with a caret under its column
  3  something could not be read; the rest was printed
  validate: 0  nothing is invalid; 1  something is invalid or missing; 3  nothing could be checked

Examples
  cloudtrail-investigator inspect trail-bucket/
  cloudtrail-investigator events --format ndjson 111122223333_CloudTrail_us-east-1_20260304T0500Z_x.json.gz | jq .eventName
  cloudtrail-investigator events --format csv AWSLogs/ > events.csv
  cloudtrail-investigator events --pattern '{ $.eventName = "ConsoleLogin" && $.errorMessage = "Failed*" }' AWSLogs/
  cloudtrail-investigator events --pattern '{ $.userIdentity.type = Root }' --format table AWSLogs/
  cloudtrail-investigator explain '{ $.errorCode != "AccessDenied" }'
  cloudtrail-investigator sql '{ $.eventName = "StopLogging" }' --dialect lake --from 2026-03-04
  cloudtrail-investigator findings --severity high AWSLogs/
  cloudtrail-investigator findings --format sarif AWSLogs/ > findings.sarif
  cloudtrail-investigator findings --rules .cloudtrail/rules --mutes .cloudtrail/mutes.yaml --format markdown AWSLogs/
  cloudtrail-investigator validate --public-keys public-keys.json --signatures digest-signatures.json trail-bucket/
  cloudtrail-investigator sessions --format json AWSLogs/ | jq '.[] | select(.via | length > 1)'
`;
