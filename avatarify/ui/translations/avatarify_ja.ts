<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
    <context>
        <name>Adjust</name>
        <message>
            <source>Top left</source>
            <translation>左上</translation>
        </message>
        <message>
            <source>Top right</source>
            <translation>右上</translation>
        </message>
        <message>
            <source>Bottom left</source>
            <translation>左下</translation>
        </message>
        <message>
            <source>Bottom right</source>
            <translation>右下</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>動き</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>強さ</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>相対</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>絶対</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>転写方法</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>大きさを合わせる</translation>
        </message>
        <message>
            <source>Scale movements by the sizes of the two faces</source>
            <translation>二つの顔の大きさに合わせて動きを調整します</translation>
        </message>
        <message>
            <source>Steady a resting face</source>
            <translation>静止した顔を安定させる</translation>
        </message>
        <message>
            <source>Take the tremble out of a face at rest</source>
            <translation>静止した顔の震えを取り除きます</translation>
        </message>
        <message>
            <source>Moving on the chair does not move the portrait</source>
            <translation>椅子の上で動いても肖像は動きません</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>頭を追う</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>映像</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>ズーム</translation>
        </message>
        <message>
            <source>Left and right</source>
            <translation>左右</translation>
        </message>
        <message>
            <source>Up and down</source>
            <translation>上下</translation>
        </message>
        <message>
            <source>Mirror the output</source>
            <translation>出力を左右反転</translation>
        </message>
        <message>
            <source>Flip what the others see left to right</source>
            <translation>相手に見える映像を左右反転します</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>AI アバターの印</translation>
        </message>
        <message>
            <source>Mark the output as made by a computer</source>
            <translation>出力がコンピューターで作られたことを示します</translation>
        </message>
        <message>
            <source>Badge</source>
            <translation>印の位置</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>The portrait's own</source>
            <translation>肖像の背景</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>ぼかし</translation>
        </message>
        <message>
            <source>One colour</source>
            <translation>単色</translation>
        </message>
        <message>
            <source>Choose the background's colour</source>
            <translation>背景の色を選ぶ</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>プレビュー</translation>
        </message>
        <message>
            <source>Show it to me as a mirror does; the others see no change</source>
            <translation>自分には鏡のように表示し、相手には影響しません</translation>
        </message>
        <message>
            <source>Mirror the preview</source>
            <translation>プレビューを左右反転</translation>
        </message>
        <message>
            <source>Show what the camera sees in the corner</source>
            <translation>カメラの映像を隅に表示します</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>カメラのプレビュー</translation>
        </message>
        <message>
            <source>Show the camera as large as the output; only you see it</source>
            <translation>カメラを出力と同じ大きさで表示します（自分だけに見えます）</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>並べて表示</translation>
        </message>
        <message>
            <source>Draw the points of my face into the camera preview</source>
            <translation>カメラのプレビューに顔の点を描きます</translation>
        </message>
        <message>
            <source>Landmarks</source>
            <translation>顔の特徴点</translation>
        </message>
        <message>
            <source>Portrait over me</source>
            <translation>肖像を重ねる</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>出力</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>サイズ</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} fps</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>上限</translation>
        </message>
        <message>
            <source>Change …</source>
            <translation>変更…</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>録画とスナップショットのフォルダー</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>フォルダー</translation>
        </message>
        <message>
            <source>Preset of this portrait</source>
            <translation>この肖像の設定</translation>
        </message>
        <message>
            <source>Motion and picture come back whenever this portrait is chosen</source>
            <translation>この肖像を選ぶと動きと映像の設定が戻ります</translation>
        </message>
        <message>
            <source>Remember</source>
            <translation>記憶する</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>忘れる</translation>
        </message>
        <message>
            <source>Go back to the usual settings</source>
            <translation>通常の設定に戻します</translation>
        </message>
    </context>
    <context>
        <name>AppState</name>
        <message>
            <source>Demo clip</source>
            <translation>デモ映像</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>プレビューのみ</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>仮想カメラ（{}）</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>未インストール</translation>
        </message>
        <message>
            <source>Page for OBS: {}</source>
            <translation>OBS 用ページ: {}</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>カメラ</translation>
        </message>
        <message>
            <source>{} (no picture)</source>
            <translation>{}（映像なし）</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>カメラを選ぶ</translation>
        </message>
        <message>
            <source>Which camera sees you?</source>
            <translation>どのカメラに映っていますか？</translation>
        </message>
        <message>
            <source>Pictures come when the session is stopped.</source>
            <translation>停止すると映像が表示されます。</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera: what Avatarify sees</source>
            <translation>カメラ：Avatarify が見ている映像</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>セッション</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>映像</translation>
        </message>
        <message>
            <source>View</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>ヘルプ</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>開始／停止</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>再調整</translation>
        </message>
        <message>
            <source>Search for the best frame</source>
            <translation>最良のフレームを探す</translation>
        </message>
        <message>
            <source>Freeze the picture</source>
            <translation>映像を固定</translation>
        </message>
        <message>
            <source>Show my own face</source>
            <translation>自分の顔を見せる</translation>
        </message>
        <message>
            <source>Take a snapshot</source>
            <translation>スナップショットを撮る</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>録画</translation>
        </message>
        <message>
            <source>Send to the virtual camera</source>
            <translation>仮想カメラに送る</translation>
        </message>
        <message>
            <source>Choose a camera …</source>
            <translation>カメラを選ぶ…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>終了</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>前の肖像</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>次の肖像</translation>
        </message>
        <message>
            <source>Any portrait</source>
            <translation>ランダムな肖像</translation>
        </message>
        <message>
            <source>Add a portrait …</source>
            <translation>肖像を追加…</translation>
        </message>
        <message>
            <source>Paste a picture</source>
            <translation>画像を貼り付け</translation>
        </message>
        <message>
            <source>Rename …</source>
            <translation>名前を変更…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>削除を取り消す</translation>
        </message>
        <message>
            <source>Look for portraits again</source>
            <translation>肖像を再読み込み</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>拡大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>縮小</translation>
        </message>
        <message>
            <source>Look further up</source>
            <translation>上へ移動</translation>
        </message>
        <message>
            <source>Look further left</source>
            <translation>左へ移動</translation>
        </message>
        <message>
            <source>Look further down</source>
            <translation>下へ移動</translation>
        </message>
        <message>
            <source>Look further right</source>
            <translation>右へ移動</translation>
        </message>
        <message>
            <source>Mirror the output</source>
            <translation>出力を左右反転</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>頭を追う</translation>
        </message>
        <message>
            <source>Mirror the preview</source>
            <translation>プレビューを左右反転</translation>
        </message>
        <message>
            <source>Lay less of the portrait over me</source>
            <translation>肖像の重ねを薄く</translation>
        </message>
        <message>
            <source>Lay more of the portrait over me</source>
            <translation>肖像の重ねを濃く</translation>
        </message>
        <message>
            <source>Figures in the preview</source>
            <translation>プレビューに数値を表示</translation>
        </message>
        <message>
            <source>Landmarks of my face</source>
            <translation>顔の特徴点</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>カメラのプレビュー</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>カメラと出力を並べる</translation>
        </message>
        <message>
            <source>See how it works …</source>
            <translation>しくみを見る…</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全画面</translation>
        </message>
        <message>
            <source>Virtual camera …</source>
            <translation>仮想カメラ…</translation>
        </message>
        <message>
            <source>Engines …</source>
            <translation>エンジン…</translation>
        </message>
        <message>
            <source>Diagnostics …</source>
            <translation>診断…</translation>
        </message>
        <message>
            <source>Preferences …</source>
            <translation>環境設定…</translation>
        </message>
        <message>
            <source>Keys …</source>
            <translation>キー…</translation>
        </message>
        <message>
            <source>Privacy …</source>
            <translation>プライバシー…</translation>
        </message>
        <message>
            <source>Portrait {}</source>
            <translation>肖像 {}</translation>
        </message>
    </context>
    <context>
        <name>Controller</name>
        <message>
            <source>Size and rate of the output change at the next start.</source>
            <translation>出力のサイズとフレームレートは次の開始時に変わります。</translation>
        </message>
        <message>
            <source>Meeting programs show garbage when they change under them.</source>
            <translation>途中で変わると会議アプリの映像が乱れます。</translation>
        </message>
        <message>
            <source>Your neutral face is far from rest ({} %).</source>
            <translation>基準の顔が真顔から離れています（{} %）。</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>口を閉じ、目を開けて正面を見てください。</translation>
        </message>
        <message>
            <source>The recording is {}.</source>
            <translation>録画：{}</translation>
        </message>
        <message>
            <source>The snapshot is {}.</source>
            <translation>スナップショット：{}</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add a portrait</source>
            <translation>肖像を追加</translation>
        </message>
        <message>
            <source>Looking for faces …</source>
            <translation>顔を探しています…</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形</translation>
        </message>
        <message>
            <source>I may use this face: it is mine, a work of art, or the person agreed.</source>
            <translation>この顔を使う権利があります：自分の顔、美術作品、または本人の同意があります。</translation>
        </message>
        <message>
            <source>No face was found. Use a picture that shows a face from the front.</source>
            <translation>顔が見つかりません。正面から写った画像を使ってください。</translation>
        </message>
        <message>
            <source>{} faces: click the one to use.</source>
            <translation>{} 個の顔：使う顔をクリックしてください。</translation>
        </message>
        <message>
            <source>The face is small: the portrait will look soft.</source>
            <translation>顔が小さいため、ぼやけて見えます。</translation>
        </message>
        <message>
            <source>One face was found.</source>
            <translation>顔が一つ見つかりました。</translation>
        </message>
        <message>
            <source>The whole picture's</source>
            <translation>画像全体</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>正方形</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名前(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Shape</source>
            <translation>形(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>ズーム(&amp;Z)</translation>
        </message>
        <message>
            <source>&amp;Turn</source>
            <translation>回転(&amp;T)</translation>
        </message>
        <message>
            <source>Turn by 90°</source>
            <translation>90° 回転</translation>
        </message>
        <message>
            <source>Turn the picture a quarter clockwise</source>
            <translation>画像を時計回りに 90° 回転します</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>画像全体</translation>
        </message>
        <message>
            <source>Show all of the picture</source>
            <translation>画像全体を表示します</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>追加</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Part of the picture</source>
            <translation>切り抜き範囲</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>カメラ</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>カメラを再検索</translation>
        </message>
        <message>
            <source>Choose a camera by its picture</source>
            <translation>映像を見てカメラを選ぶ</translation>
        </message>
        <message>
            <source>Let Zoom, Meet and Teams see the portrait as a camera</source>
            <translation>Zoom、Meet、Teams で肖像をカメラとして使えます</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>仮想カメラ</translation>
        </message>
        <message>
            <source>Set up …</source>
            <translation>設定…</translation>
        </message>
        <message>
            <source>How to get a virtual camera, and how to choose it</source>
            <translation>仮想カメラの入れ方と選び方</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>カメラ(&amp;C)</translation>
        </message>
        <message>
            <source>There is no virtual camera yet; only you see the picture.</source>
            <translation>仮想カメラは未設定です。映像は自分だけに見えます。</translation>
        </message>
        <message>
            <source>Looking for a virtual camera …</source>
            <translation>仮想カメラを探しています…</translation>
        </message>
        <message>
            <source>Only you see the picture.</source>
            <translation>映像は自分だけに見えます。</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>診断</translation>
        </message>
        <message>
            <source>Looking at everything …</source>
            <translation>すべて確認しています…</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>診断をコピー</translation>
        </message>
        <message>
            <source>A live session cannot run here yet.</source>
            <translation>ここではまだライブを実行できません。</translation>
        </message>
        <message>
            <source>A live session can run here.</source>
            <translation>ここでライブを実行できます。</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>Reports of what went wrong</source>
            <translation>問題の報告</translation>
        </message>
        <message>
            <source>They stay on this machine. You decide whether to show one to somebody.</source>
            <translation>報告はこのコンピューターに残ります。見せるかどうかはあなたが決めます。</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>報告</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>報告を表示</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>{} を {} 用に作成</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>作成</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>{} の {} 用を削除</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>未作成</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>keypoints {}</source>
            <translation>キーポイント {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>画像 {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>動き {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} フレーム</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>エンジン</translation>
        </message>
        <message>
            <source>An engine is a model made ready for one processor: it starts and runs faster. Avatarify works without. What was built is compared with the reference before it is used.</source>
            <translation>エンジンは特定のプロセッサー向けに準備されたモデルで、起動も動作も速くなります。なくても Avatarify は動きます。作成したものは使用前に基準と比較されます。</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>停止しています…</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>開始しています…</translation>
        </message>
        <message>
            <source>Progress of the build</source>
            <translation>作成の進行状況</translation>
        </message>
        <message>
            <source>Stop the build; what is finished is kept</source>
            <translation>作成を中止します。完了した分は残ります</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>about {} s left</source>
            <translation>残り約 {} 秒</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>作成を中止しました。</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}：{} MB、{} 秒</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the picture to add it</source>
            <translation>ドロップして追加</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>検索</translation>
        </message>
        <message>
            <source>Search the portraits</source>
            <translation>肖像を検索</translation>
        </message>
        <message>
            <source>Add a picture with a face; it can also be dropped on the window or pasted</source>
            <translation>顔の写った画像を追加します。ウィンドウへのドロップや貼り付けもできます</translation>
        </message>
        <message>
            <source>Add …</source>
            <translation>追加…</translation>
        </message>
        <message>
            <source>Add a portrait</source>
            <translation>肖像を追加</translation>
        </message>
        <message>
            <source>No portrait has this name.</source>
            <translation>この名前の肖像はありません。</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}、キー {}</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>カメラを選ぶ</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>診断</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>キー</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>フォルダーで表示</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>再調整</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>報告を表示</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>今すぐ再開始</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>元に戻す</translation>
        </message>
        <message>
            <source>Set up …</source>
            <translation>設定…</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland lets no program hear the keys of another one. An X11 session does.</source>
            <translation>Wayland では他のアプリ宛てのキーを受け取れません。X11 セッションでは使えます。</translation>
        </message>
        <message>
            <source>There are no such keys on this system yet.</source>
            <translation>このシステムではまだ使えません。</translation>
        </message>
        <message>
            <source>Another program has the key {}.</source>
            <translation>キー {} は他のアプリが使っています。</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>別のキーを選んでください。</translation>
        </message>
        <message>
            <source>{} cannot be used.</source>
            <translation>{} は使えません。</translation>
        </message>
        <message>
            <source>{} alone would be taken from every other program. Add Ctrl, Alt or Meta.</source>
            <translation>{} だけでは他のすべてのアプリで使えなくなります。Ctrl、Alt、Meta のいずれかを加えてください。</translation>
        </message>
        <message>
            <source>{} already means “{}”.</source>
            <translation>{} はすでに「{}」に使われています。</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>See how it works</source>
            <translation>しくみを見る</translation>
        </message>
        <message>
            <source>Start a session: here you see how each frame of it comes about.</source>
            <translation>セッションを開始すると、1 コマごとにどう作られるかがここに表示されます。</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>あなたのキーポイント</translation>
        </message>
        <message>
            <source>Where the model sees the parts of your face.</source>
            <translation>モデルがとらえた顔の各部の位置です。</translation>
        </message>
        <message>
            <source>The portrait, bent</source>
            <translation>変形した肖像</translation>
        </message>
        <message>
            <source>Its own key points, moved as yours moved since your neutral face.</source>
            <translation>肖像のキーポイントを、基準の顔からのあなたの動きに合わせて動かしたものです。</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>フロー</translation>
        </message>
        <message>
            <source>From where each pixel is taken: colour is the direction, white is still.</source>
            <translation>各画素をどこから取るかを示します。色は方向、白は動きなしです。</translation>
        </message>
        <message>
            <source>Kept and painted</source>
            <translation>残す部分と描く部分</translation>
        </message>
        <message>
            <source>White: the bent portrait is shown. Black: the network paints what the portrait hides.</source>
            <translation>白は変形した肖像をそのまま表示、黒は肖像に写っていない部分をネットワークが描きます。</translation>
        </message>
        <message>
            <source>Shown only here, in this window: nothing of it goes out.</source>
            <translation>このウィンドウにだけ表示され、外には送られません。</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keys</source>
            <translation>キー</translation>
        </message>
        <message>
            <source>In the window</source>
            <translation>ウィンドウ内</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>どこでも</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>標準のキー</translation>
        </message>
        <message>
            <source>Give every command its usual key again</source>
            <translation>すべて標準のキーに戻します</translation>
        </message>
        <message>
            <source>Click a key and press another one to change it. Numbers choose portraits.</source>
            <translation>キーをクリックし、別のキーを押すと変更できます。数字は肖像を選びます。</translation>
        </message>
        <message>
            <source>These keys work while another program has the focus. None is set until you choose it.</source>
            <translation>他のアプリの操作中にも働くキーです。選ぶまでは何も設定されていません。</translation>
        </message>
        <message>
            <source>{} already means “{}”.</source>
            <translation>{} はすでに「{}」に使われています。</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Portraits and controls</source>
            <translation>肖像と調整</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>調整</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>Use --motion relative or absolute.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --keypoints learned or mixed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Build the engines again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use a picture in which a face is seen from the front, large enough and not covered.</source>
            <translation>顔が正面から、十分な大きさで、隠れずに写っている画像を使ってください。</translation>
        </message>
        <message>
            <source>Install Avatarify again.</source>
            <translation>Avatarify をインストールし直してください。</translation>
        </message>
        <message>
            <source>Write more of the name, or the number.</source>
            <translation>名前をもう少し詳しく書くか、番号を書いてください。</translation>
        </message>
        <message>
            <source>Use a video such as MP4, MOV, MKV, AVI or WebM.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>名前とフォルダーを確かめてください。</translation>
        </message>
        <message>
            <source>Plug it in again; it is opened as soon as it is back.</source>
            <translation>接続し直してください。戻りしだい開きます。</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>実行してからログインし直してください: sudo usermod -aG video $USER</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>そのアプリを閉じるか、別のカメラを使ってください。</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>使っている他のアプリを閉じてください。</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>使っている他のアプリを閉じるか、接続し直してください。</translation>
        </message>
        <message>
            <source>Check its cable; it is opened again.</source>
            <translation>ケーブルを確かめてください。開き直しています。</translation>
        </message>
        <message>
            <source>Write screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the upper left corner.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use it where a screen is; under Wayland take the window in with OBS instead.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address, and that the phone or camera is in the same network.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use the address of its video.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is opened again.</source>
            <translation>開き直しています。</translation>
        </message>
        <message>
            <source>This address cannot be read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write it as rtsp://HOST:PORT/PATH.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open its privacy shutter, or give it light.</source>
            <translation>プライバシーシャッターを開けるか、明るくしてください。</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, check its privacy switch or its cable.</source>
            <translation>開き直しています。直らない場合は、プライバシースイッチかケーブルを確かめてください。</translation>
        </message>
        <message>
            <source>If it does not go on by itself, unplug it and plug it in again.</source>
            <translation>自然に再開しない場合は、抜いて接続し直してください。</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>接続し直してください。</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>接続し直すか、内蔵の場合はコンピューターを再起動してください。</translation>
        </message>
        <message>
            <source>camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Python</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>packages</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>window</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>folders</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>model</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>runtime</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>virtual camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>graphics card</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>memory</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>See 'avatarify doctor'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Leave out --batch, or use it with a full First Order Motion Model.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No runtime can execute the model.</source>
            <translation>モデルを実行できるランタイムがありません。</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>環境設定で「動作する最速のもの」を選んでください。</translation>
        </message>
        <message>
            <source>Build it again with --precision fp32, or report this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Report this with the whole message.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --precision fp32 for --target openvino.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --precision fp32.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install avatarify again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Delete it; it is made again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reinstall Avatarify.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Leave it out of --compute-capability, or install a newer version.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Float16 engines need ONNX Runtime's converter.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime, or use --precision fp32.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>End it, and start again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make it writable, free some space, or name another: --out or AVATARIFY_CACHE.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write it as WIDTHxHEIGHT, for example 1280x720.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Both sides must be even and between 16 and 4096.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>ファイルを入手し直してください。</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>もう一度コピーするかダウンロードしてください。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>PNG、JPEG、WebP、BMP、TIFF の画像を使ってください。</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>もっと大きい画像を使ってください。</translation>
        </message>
        <message>
            <source>Name one picture in it.</source>
            <translation>その中の画像を 1 つ指定してください。</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>アクセス権を確かめてください。</translation>
        </message>
        <message>
            <source>No portraits are carried here.</source>
            <translation>同梱の肖像がありません。</translation>
        </message>
        <message>
            <source>Name a picture file, or install avatarify again.</source>
            <translation>画像を追加するか、Avatarify をインストールし直してください。</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, plug it in again.</source>
            <translation>開き直しています。直らない場合は、接続し直してください。</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>あなたを映しているカメラを選んでください。</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>少し待ってからもう一度試してください。</translation>
        </message>
        <message>
            <source>If it does not go on by itself, close the program that shows it.</source>
            <translation>自然に再開しない場合は、それを表示しているアプリを閉じてください。</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>少しの間、正面を向いてください。</translation>
        </message>
        <message>
            <source>Take another.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --neutral first, best or another number.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No face was found in the driver.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use a video in which one face is seen from the front.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unplug the camera or close the program that holds it, then start avatarify again.</source>
            <translation>カメラを抜くか、使っているアプリを閉じてから、Avatarify を起動し直してください。</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>キーポイントのヤコビ行列に逆行列がありません。</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>カメラを見て、再調整してください。</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>キーポイントの囲む面積がありません。</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>キーポイントが数値になっていません。</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>再調整するか、別のモデルを試してください。</translation>
        </message>
        <message>
            <source>Models for 10 key points at 256x256 with vox-cpk's layout can be used.</source>
            <translation>使えるのは、vox-cpk と同じ構成で、キーポイント 10 個・256x256 のモデルです。</translation>
        </message>
        <message>
            <source>Name it as --model of 'avatarify animate', 'evaluate --reconstruct' or 'figures'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name its model.safetensors or a .pth.tar.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some space, or check the folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name a .pth.tar file such as vox-cpk.pth.tar.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use a file from the model's own publisher.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name the folder, or the model.safetensors, of an 'avatarify train'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>開き直してください。</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>別のものを使ってください。</translation>
        </message>
        <message>
            <source>Free some space or use another disk.</source>
            <translation>空き容量を増やすか、別のディスクを使ってください。</translation>
        </message>
        <message>
            <source>Both sides must be even.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use 1 to 240.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name a file to write.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Create it first.</source>
            <translation>先に作成してください。</translation>
        </message>
        <message>
            <source>A sink is named twice.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name each once.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open the sink again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The package cuda-python is not installed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run: pip install cuda-python</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run 'avatarify doctor'.</source>
            <translation>「ヘルプ」メニューの「診断」を開いてください。</translation>
        </message>
        <message>
            <source>Close other programs.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --runtime torch.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>torch sees no CUDA device.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run 'avatarify doctor' to learn why.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make the folder writable, or name another one in AVATARIFY_CONFIG.</source>
            <translation>フォルダーを書き込み可能にするか、AVATARIFY_CONFIG に別のフォルダーを指定してください。</translation>
        </message>
        <message>
            <source>Cannot connect to the display '{display}'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Log in to a desktop, or use 'avatarify run', which needs no display.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot rename {portrait}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot delete {portrait}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot restore {portrait}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot save {portrait} to the portraits folder: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some disk space, or close the program that uses the file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot write the snapshot {file}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some disk space or choose another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot create the folder {folder}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Import the model again.</source>
            <translation>モデルを取り込み直してください。</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is none at all: install avatarify again.</source>
            <translation>1 つもありません。Avatarify をインストールし直してください。</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>予期しないエラー：{}</translation>
        </message>
        <message>
            <source>Start again; if it stays, report it.</source>
            <translation>再起動し、続く場合は報告してください。</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Close this message</source>
            <translation>このメッセージを閉じる</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>閉じる</translation>
        </message>
        <message>
            <source>Copy to the clipboard</source>
            <translation>クリップボードにコピー</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>コピー</translation>
        </message>
    </context>
    <context>
        <name>PortraitGrid</name>
        <message>
            <source>Portraits</source>
            <translation>肖像</translation>
        </message>
    </context>
    <context>
        <name>Portraits</name>
        <message>
            <source>New portrait</source>
            <translation>新しい肖像</translation>
        </message>
        <message>
            <source>This picture is not on this machine: {}</source>
            <translation>この画像はこのコンピューターにありません：{}</translation>
        </message>
        <message>
            <source>Nothing is fetched from elsewhere. Copy the picture in the browser, then paste it here.</source>
            <translation>外部からは何も取得しません。ブラウザーで画像をコピーし、ここに貼り付けてください。</translation>
        </message>
        <message>
            <source>There is no picture in it.</source>
            <translation>画像がありません。</translation>
        </message>
        <message>
            <source>Copy a picture, then paste it here.</source>
            <translation>画像をコピーしてから貼り付けてください。</translation>
        </message>
        <message>
            <source>{} was deleted.</source>
            <translation>{} を削除しました。</translation>
        </message>
        <message>
            <source>{} is not a picture that can be read.</source>
            <translation>{} は読み取れる画像ではありません。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>PNG、JPEG、WebP、BMP、TIFF の画像を使ってください。</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>環境設定</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>システムに合わせる</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>ライト</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>ダーク</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>テーマ(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>言語(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>モデル(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>ランタイム(&amp;R)</translation>
        </message>
        <message>
            <source>The fastest that works</source>
            <translation>動作する最速のもの</translation>
        </message>
        <message>
            <source>Found by itself</source>
            <translation>自動で見つける</translation>
        </message>
        <message>
            <source>The first face that is seen</source>
            <translation>最初に見えた顔</translation>
        </message>
        <message>
            <source>&amp;Neutral face</source>
            <translation>基準の顔(&amp;N)</translation>
        </message>
        <message>
            <source>The language changes when Avatarify is opened again, model and runtime at the next Start.</source>
            <translation>言語は次にアプリを開くとき、モデルとランタイムは次の開始時に変わります。</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what the others see</source>
            <translation>プレビュー：相手に見える映像</translation>
        </message>
        <message>
            <source>Your own face goes out</source>
            <translation>自分の顔を送信中</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>固定中</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>開始しています…</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>顔が映っていません</translation>
        </message>
        <message>
            <source>Camera lost, waiting for it</source>
            <translation>カメラが切断されました。待機中</translation>
        </message>
        <message>
            <source>Another program uses the camera</source>
            <translation>別のプログラムがカメラを使用中です</translation>
        </message>
        <message>
            <source>The camera stands still, trying again</source>
            <translation>カメラが止まっています。再試行中</translation>
        </message>
        <message>
            <source>The camera is covered</source>
            <translation>カメラが覆われています</translation>
        </message>
        <message>
            <source>Nothing goes out, trying again</source>
            <translation>何も出力されていません。再試行中</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>停止しています…</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>停止中</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>報告</translation>
        </message>
        <message>
            <source>This is all that was kept. Copy it into a message if you want somebody to look at it.</source>
            <translation>保存されたのはこれだけです。誰かに見てもらうにはメッセージにコピーしてください。</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>この報告を削除</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>待機中</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>開始中</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>実行中</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>顔が映っていません</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>カメラ切断</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>カメラ使用中</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>カメラ停止</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>カメラが覆われています</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>出力なし</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>停止処理中</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失敗</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>顔が映っていません</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>追加遅延</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>欠落</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>基準の一致</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>出力</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>モデル</translation>
        </message>
        <message>
            <source>Runtime and device are chosen at the start</source>
            <translation>ランタイムとデバイスは開始時に選ばれます</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{}（{}）：{}</translation>
        </message>
        <message>
            <source>Delay your sound by {} ms in the meeting program.</source>
            <translation>会議アプリで音声を {} ms 遅らせてください。</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>動く肖像の送信を開始または停止します</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>再調整</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>最良フレーム</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>固定</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>写真</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>録画</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>開始</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show the window</source>
            <translation>ウィンドウを表示</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>開始</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>仮想カメラ</translation>
        </message>
        <message>
            <source>This installs and loads what is missing, and keeps it for the next start; it asks first:</source>
            <translation>足りないものをインストールして読み込み、次の起動でも使えるようにします。先に確認します:</translation>
        </message>
        <message>
            <source>Linux gets a virtual camera from a module of the kernel, v4l2loopback. By hand:</source>
            <translation>Linux ではカーネルモジュール v4l2loopback が仮想カメラになります。手動で行うには:</translation>
        </message>
        <message>
            <source>Load it, after each start of the machine (exclusive_caps=1 is what Chrome and Meet need):</source>
            <translation>起動のたびに読み込みます（Chrome と Meet には exclusive_caps=1 が必要です）：</translation>
        </message>
        <message>
            <source>With Secure Boot the module must be signed: modprobe then says “Key was rejected by service”.</source>
            <translation>セキュアブートではモジュールの署名が必要です。ないと modprobe が “Key was rejected by service” と表示します。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. obsproject.com から OBS Studio 26 以降をインストールします。</translation>
        </message>
        <message>
            <source>2. Start OBS once, press “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. OBS を一度起動し「仮想カメラ開始」を押してから停止し、OBS を閉じます。</translation>
        </message>
        <message>
            <source>3. Come back here and look again. Only one program can use the OBS camera at a time.</source>
            <translation>3. ここに戻って再検索します。OBS カメラを使えるのは一度に一つのプログラムだけです。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer into the folder Applications.</source>
            <translation>1. OBS Studio 30 以降を「アプリケーション」フォルダーにインストールします。</translation>
        </message>
        <message>
            <source>2. Start OBS, press “Start Virtual Camera” and allow its extension in System Settings.</source>
            <translation>2. OBS を起動し「仮想カメラ開始」を押し、システム設定で機能拡張を許可します。</translation>
        </message>
        <message>
            <source>3. Restart the machine, then come back here and look again.</source>
            <translation>3. 再起動してから、ここに戻って再検索します。</translation>
        </message>
        <message>
            <source>In the meeting program choose the camera “{}”</source>
            <translation>会議アプリでカメラ「{}」を選んでください</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom：設定 → ビデオ → カメラ</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet：⋮ → 設定 → 動画 → カメラ</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams：設定 → デバイス → カメラ</translation>
        </message>
        <message>
            <source>Start Avatarify first. A meeting program that was open before must be restarted once. If the picture is mirrored there, that is the program's own preview: the others see it right.</source>
            <translation>先に Avatarify を起動してください。すでに開いていた会議アプリは一度再起動が必要です。そこで映像が左右反転していても、それはアプリ自身のプレビューで、相手には正しく見えています。</translation>
        </message>
        <message>
            <source>Or without one: a browser source in OBS</source>
            <translation>なしで使う: OBS のブラウザソース</translation>
        </message>
        <message>
            <source>Only programs of this machine can open it. In OBS add a browser source with this address.</source>
            <translation>このコンピューターのプログラムだけが開けます。OBS でこのアドレスのブラウザソースを追加してください。</translation>
        </message>
        <message>
            <source>Send to the page {}</source>
            <translation>ページ {} に送る</translation>
        </message>
        <message>
            <source>Send coloured bars to the virtual camera for half a minute</source>
            <translation>30 秒間カラーバーを仮想カメラに送ります</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>テストパターン</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>再検索</translation>
        </message>
        <message>
            <source>Look for virtual cameras again</source>
            <translation>仮想カメラを再検索</translation>
        </message>
        <message>
            <source>The virtual camera is there.</source>
            <translation>仮想カメラがあります。</translation>
        </message>
        <message>
            <source>There is no virtual camera yet.</source>
            <translation>仮想カメラがまだありません。</translation>
        </message>
        <message>
            <source>Stop the pattern</source>
            <translation>パターンを停止</translation>
        </message>
        <message>
            <source>Coloured bars with a moving white bar should be seen in the meeting program now.</source>
            <translation>会議アプリにカラーバーと動く白い棒が見えるはずです。</translation>
        </message>
        <message>
            <source>The pattern was sent to {}.</source>
            <translation>パターンを {} に送りました。</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>同意する</translation>
        </message>
        <message>
            <source>This is me</source>
            <translation>これが私です</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>開始</translation>
        </message>
        <message>
            <source>The picture of your camera stays on this machine. Nothing is sent anywhere.</source>
            <translation>カメラの映像はこのコンピューターから出ません。どこにも送信されません。</translation>
        </message>
        <message>
            <source>Use only faces you may use: your own, works of art, or people who agreed.</source>
            <translation>使ってよい顔だけを使ってください：自分の顔、美術作品、同意した人の顔。</translation>
        </message>
        <message>
            <source>What goes out is marked as an AI avatar. Leave the mark on where it could be taken for real.</source>
            <translation>送られる映像には AI アバターの印が付きます。本物と間違われる場では印を残してください。</translation>
        </message>
        <message>
            <source>Your own face never goes out unless you ask for it.</source>
            <translation>あなたが求めない限り、自分の顔は送られません。</translation>
        </message>
        <message>
            <source>Be a painting in your next call</source>
            <translation>次の通話で絵画になろう</translation>
        </message>
        <message>
            <source>Choose the picture that shows you. No camera? The demo clip moves the portrait too.</source>
            <translation>自分が映っている映像を選んでください。カメラがなくてもデモ映像で肖像は動きます。</translation>
        </message>
        <message>
            <source>Your camera</source>
            <translation>カメラ</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop a picture on the window. Then look straight ahead for a moment: your neutral face is found by itself.</source>
            <translation>右の肖像を選ぶか、画像をウィンドウにドロップしてください。その後少しの間正面を見ると、基準の顔が自動で見つかります。</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>肖像</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify ended unexpectedly last time.</source>
            <translation>前回 Avatarify が予期せず終了しました。</translation>
        </message>
        <message>
            <source>The report stays on this machine; you decide whether to share it.</source>
            <translation>報告はこのコンピューターに残ります。共有するかはあなたが決めます。</translation>
        </message>
        <message>
            <source>Show my own face</source>
            <translation>自分の顔を見せる</translation>
        </message>
        <message>
            <source>Send your own face instead of the portrait?</source>
            <translation>肖像の代わりに自分の顔を送りますか？</translation>
        </message>
        <message>
            <source>Everybody who sees the output sees your camera, marked as such, until you switch it off.</source>
            <translation>オフにするまで、出力を見る全員にカメラの映像が（その旨の印付きで）見えます。</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>自分の顔を見せる</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Pictures ({})</source>
            <translation>画像（{}）</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>肖像を追加</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>録画とスナップショットのフォルダー</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>名前を変更</translation>
        </message>
        <message>
            <source>Name of the portrait</source>
            <translation>肖像の名前</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>プライバシー</translation>
        </message>
    </context>
</TS>
