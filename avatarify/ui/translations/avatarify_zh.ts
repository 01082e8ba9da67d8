<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh">
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
            <translation>动作</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>相对</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>绝对</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>传递方式</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>适配比例</translation>
        </message>
        <message>
            <source>Scale movements by the sizes of the two faces</source>
            <translation>按两张脸的大小缩放动作</translation>
        </message>
        <message>
            <source>Steady a resting face</source>
            <translation>稳定静止的脸</translation>
        </message>
        <message>
            <source>Take the tremble out of a face at rest</source>
            <translation>消除静止时脸部的抖动</translation>
        </message>
        <message>
            <source>Moving on the chair does not move the portrait</source>
            <translation>在椅子上移动不会带动肖像</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>跟随我的头部</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
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
            <translation>镜像输出</translation>
        </message>
        <message>
            <source>Flip what the others see left to right</source>
            <translation>左右翻转他人看到的画面</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>AI 头像标记</translation>
        </message>
        <message>
            <source>Mark the output as made by a computer</source>
            <translation>标明输出由计算机生成</translation>
        </message>
        <message>
            <source>Badge</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>The portrait's own</source>
            <translation>肖像自带</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>模糊</translation>
        </message>
        <message>
            <source>One colour</source>
            <translation>单色</translation>
        </message>
        <message>
            <source>Choose the background's colour</source>
            <translation>选择背景颜色</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Show it to me as a mirror does; the others see no change</source>
            <translation>像镜子一样显示给我；他人看到的不变</translation>
        </message>
        <message>
            <source>Mirror the preview</source>
            <translation>镜像预览</translation>
        </message>
        <message>
            <source>Show what the camera sees in the corner</source>
            <translation>在角落显示摄像头画面</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>摄像头预览</translation>
        </message>
        <message>
            <source>Show the camera as large as the output; only you see it</source>
            <translation>以与输出相同的大小显示摄像头；只有你能看到</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>并排显示</translation>
        </message>
        <message>
            <source>Draw the points of my face into the camera preview</source>
            <translation>在摄像头预览中绘制我的面部点</translation>
        </message>
        <message>
            <source>Landmarks</source>
            <translation>面部特征点</translation>
        </message>
        <message>
            <source>Portrait over me</source>
            <translation>叠加肖像</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} 帧/秒</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>上限</translation>
        </message>
        <message>
            <source>Change …</source>
            <translation>更改…</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>录像和截图文件夹</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Preset of this portrait</source>
            <translation>此肖像的预设</translation>
        </message>
        <message>
            <source>Motion and picture come back whenever this portrait is chosen</source>
            <translation>选择此肖像时恢复动作和画面设置</translation>
        </message>
        <message>
            <source>Remember</source>
            <translation>记住</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>忘记</translation>
        </message>
        <message>
            <source>Go back to the usual settings</source>
            <translation>恢复常用设置</translation>
        </message>
    </context>
    <context>
        <name>AppState</name>
        <message>
            <source>Demo clip</source>
            <translation>演示片段</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>仅预览</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>虚拟摄像头（{}）</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <source>Page for OBS: {}</source>
            <translation>用于 OBS 的页面：{}</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>{} (no picture)</source>
            <translation>{}（无画面）</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>选择摄像头</translation>
        </message>
        <message>
            <source>Which camera sees you?</source>
            <translation>哪个摄像头能看到你？</translation>
        </message>
        <message>
            <source>Pictures come when the session is stopped.</source>
            <translation>停止后会显示画面。</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera: what Avatarify sees</source>
            <translation>摄像头：Avatarify 看到的画面</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>会话</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>开始或停止</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>重新校准</translation>
        </message>
        <message>
            <source>Search for the best frame</source>
            <translation>搜索最佳帧</translation>
        </message>
        <message>
            <source>Freeze the picture</source>
            <translation>冻结画面</translation>
        </message>
        <message>
            <source>Show my own face</source>
            <translation>显示我自己的脸</translation>
        </message>
        <message>
            <source>Take a snapshot</source>
            <translation>截图</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>录制</translation>
        </message>
        <message>
            <source>Send to the virtual camera</source>
            <translation>发送到虚拟摄像头</translation>
        </message>
        <message>
            <source>Choose a camera …</source>
            <translation>选择摄像头…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>上一个肖像</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>下一个肖像</translation>
        </message>
        <message>
            <source>Any portrait</source>
            <translation>随机肖像</translation>
        </message>
        <message>
            <source>Add a portrait …</source>
            <translation>添加肖像…</translation>
        </message>
        <message>
            <source>Paste a picture</source>
            <translation>粘贴图片</translation>
        </message>
        <message>
            <source>Rename …</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>撤销删除</translation>
        </message>
        <message>
            <source>Look for portraits again</source>
            <translation>重新查找肖像</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Look further up</source>
            <translation>向上移动</translation>
        </message>
        <message>
            <source>Look further left</source>
            <translation>向左移动</translation>
        </message>
        <message>
            <source>Look further down</source>
            <translation>向下移动</translation>
        </message>
        <message>
            <source>Look further right</source>
            <translation>向右移动</translation>
        </message>
        <message>
            <source>Mirror the output</source>
            <translation>镜像输出</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>跟随我的头部</translation>
        </message>
        <message>
            <source>Mirror the preview</source>
            <translation>镜像预览</translation>
        </message>
        <message>
            <source>Lay less of the portrait over me</source>
            <translation>减弱叠加的肖像</translation>
        </message>
        <message>
            <source>Lay more of the portrait over me</source>
            <translation>增强叠加的肖像</translation>
        </message>
        <message>
            <source>Figures in the preview</source>
            <translation>在预览中显示数据</translation>
        </message>
        <message>
            <source>Landmarks of my face</source>
            <translation>我的面部特征点</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>摄像头预览</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>摄像头与输出并排</translation>
        </message>
        <message>
            <source>See how it works …</source>
            <translation>查看工作原理…</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <source>Virtual camera …</source>
            <translation>虚拟摄像头…</translation>
        </message>
        <message>
            <source>Engines …</source>
            <translation>引擎…</translation>
        </message>
        <message>
            <source>Diagnostics …</source>
            <translation>诊断…</translation>
        </message>
        <message>
            <source>Preferences …</source>
            <translation>首选项…</translation>
        </message>
        <message>
            <source>Keys …</source>
            <translation>按键…</translation>
        </message>
        <message>
            <source>Privacy …</source>
            <translation>隐私…</translation>
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
            <translation>输出的尺寸和帧率将在下次开始时更改。</translation>
        </message>
        <message>
            <source>Meeting programs show garbage when they change under them.</source>
            <translation>中途更改会使会议软件显示错乱。</translation>
        </message>
        <message>
            <source>Your neutral face is far from rest ({} %).</source>
            <translation>你的中性表情不够平静（{} %）。</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>请闭上嘴、睁开眼睛，直视前方。</translation>
        </message>
        <message>
            <source>The recording is {}.</source>
            <translation>录像：{}</translation>
        </message>
        <message>
            <source>The snapshot is {}.</source>
            <translation>截图：{}</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add a portrait</source>
            <translation>添加肖像</translation>
        </message>
        <message>
            <source>Looking for faces …</source>
            <translation>正在查找人脸…</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>I may use this face: it is mine, a work of art, or the person agreed.</source>
            <translation>我可以使用这张脸：它是我自己的、艺术作品，或已获本人同意。</translation>
        </message>
        <message>
            <source>No face was found. Use a picture that shows a face from the front.</source>
            <translation>未找到人脸。请使用正面人脸的图片。</translation>
        </message>
        <message>
            <source>{} faces: click the one to use.</source>
            <translation>{} 张脸：点击要使用的那张。</translation>
        </message>
        <message>
            <source>The face is small: the portrait will look soft.</source>
            <translation>人脸较小：肖像会显得模糊。</translation>
        </message>
        <message>
            <source>One face was found.</source>
            <translation>找到一张脸。</translation>
        </message>
        <message>
            <source>The whole picture's</source>
            <translation>整张图片</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>正方形</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名称(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Shape</source>
            <translation>形状(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>缩放(&amp;Z)</translation>
        </message>
        <message>
            <source>&amp;Turn</source>
            <translation>旋转(&amp;T)</translation>
        </message>
        <message>
            <source>Turn by 90°</source>
            <translation>旋转 90°</translation>
        </message>
        <message>
            <source>Turn the picture a quarter clockwise</source>
            <translation>将图片顺时针旋转四分之一圈</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>整张图片</translation>
        </message>
        <message>
            <source>Show all of the picture</source>
            <translation>显示整张图片</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Part of the picture</source>
            <translation>图片的一部分</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>重新查找摄像头</translation>
        </message>
        <message>
            <source>Choose a camera by its picture</source>
            <translation>按画面选择摄像头</translation>
        </message>
        <message>
            <source>Let Zoom, Meet and Teams see the portrait as a camera</source>
            <translation>让 Zoom、Meet 和 Teams 把肖像当作摄像头</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>虚拟摄像头</translation>
        </message>
        <message>
            <source>Set up …</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>How to get a virtual camera, and how to choose it</source>
            <translation>如何获取并选择虚拟摄像头</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>摄像头(&amp;C)</translation>
        </message>
        <message>
            <source>There is no virtual camera yet; only you see the picture.</source>
            <translation>还没有虚拟摄像头；只有你能看到画面。</translation>
        </message>
        <message>
            <source>Looking for a virtual camera …</source>
            <translation>正在查找虚拟摄像头…</translation>
        </message>
        <message>
            <source>Only you see the picture.</source>
            <translation>只有你能看到画面。</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Looking at everything …</source>
            <translation>正在检查…</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>复制诊断信息</translation>
        </message>
        <message>
            <source>A live session cannot run here yet.</source>
            <translation>此处尚无法运行实时会话。</translation>
        </message>
        <message>
            <source>A live session can run here.</source>
            <translation>此处可以运行实时会话。</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}：{}</translation>
        </message>
        <message>
            <source>Reports of what went wrong</source>
            <translation>错误报告</translation>
        </message>
        <message>
            <source>They stay on this machine. You decide whether to show one to somebody.</source>
            <translation>它们保留在本机。是否给他人看由你决定。</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>显示报告</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>为 {1} 构建 {0}</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>删除 {1} 的 {0}</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>尚未构建</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>keypoints {}</source>
            <translation>关键点 {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>画面 {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>运动 {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} 帧</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>引擎</translation>
        </message>
        <message>
            <source>An engine is a model made ready for one processor: it starts and runs faster. Avatarify works without. What was built is compared with the reference before it is used.</source>
            <translation>引擎是为某一处理器准备好的模型：启动和运行更快。没有它 Avatarify 也能工作。构建结果在使用前会与参考结果比较。</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <source>Progress of the build</source>
            <translation>构建进度</translation>
        </message>
        <message>
            <source>Stop the build; what is finished is kept</source>
            <translation>停止构建；已完成的部分会保留</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>about {} s left</source>
            <translation>约剩 {} 秒</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>构建已停止。</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}：{} MB，用时 {} 秒</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the picture to add it</source>
            <translation>松开以添加图片</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search the portraits</source>
            <translation>搜索肖像</translation>
        </message>
        <message>
            <source>Add a picture with a face; it can also be dropped on the window or pasted</source>
            <translation>添加带人脸的图片；也可以拖放到窗口或粘贴</translation>
        </message>
        <message>
            <source>Add …</source>
            <translation>添加…</translation>
        </message>
        <message>
            <source>Add a portrait</source>
            <translation>添加肖像</translation>
        </message>
        <message>
            <source>No portrait has this name.</source>
            <translation>没有此名称的肖像。</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}，按键 {}</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>选择摄像头</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>在文件夹中显示</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>重新校准</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>显示报告</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>立即重新开始</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Set up …</source>
            <translation>设置…</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland lets no program hear the keys of another one. An X11 session does.</source>
            <translation>Wayland 不允许程序接收其他程序的按键。X11 会话可以。</translation>
        </message>
        <message>
            <source>There are no such keys on this system yet.</source>
            <translation>此系统上尚不支持这种按键。</translation>
        </message>
        <message>
            <source>Another program has the key {}.</source>
            <translation>按键 {} 已被其他程序占用。</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>请选择其他按键。</translation>
        </message>
        <message>
            <source>{} cannot be used.</source>
            <translation>无法使用 {}。</translation>
        </message>
        <message>
            <source>{} alone would be taken from every other program. Add Ctrl, Alt or Meta.</source>
            <translation>单独使用 {} 会使其他程序无法使用它。请加上 Ctrl、Alt 或 Meta。</translation>
        </message>
        <message>
            <source>{} already means “{}”.</source>
            <translation>{} 已用于“{}”。</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>See how it works</source>
            <translation>查看工作原理</translation>
        </message>
        <message>
            <source>Start a session: here you see how each frame of it comes about.</source>
            <translation>开始会话后，这里会显示每一帧是如何生成的。</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>你的关键点</translation>
        </message>
        <message>
            <source>Where the model sees the parts of your face.</source>
            <translation>模型看到的你面部各部分的位置。</translation>
        </message>
        <message>
            <source>The portrait, bent</source>
            <translation>变形后的肖像</translation>
        </message>
        <message>
            <source>Its own key points, moved as yours moved since your neutral face.</source>
            <translation>肖像自身的关键点，按你从中性表情开始的移动而移动。</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>光流</translation>
        </message>
        <message>
            <source>From where each pixel is taken: colour is the direction, white is still.</source>
            <translation>每个像素取自哪里：颜色表示方向，白色表示静止。</translation>
        </message>
        <message>
            <source>Kept and painted</source>
            <translation>保留与绘制</translation>
        </message>
        <message>
            <source>White: the bent portrait is shown. Black: the network paints what the portrait hides.</source>
            <translation>白色：显示变形后的肖像。黑色：由网络绘制肖像未展示的部分。</translation>
        </message>
        <message>
            <source>Shown only here, in this window: nothing of it goes out.</source>
            <translation>仅在此窗口中显示：不会发送出去。</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>In the window</source>
            <translation>窗口内</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>全局</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>默认按键</translation>
        </message>
        <message>
            <source>Give every command its usual key again</source>
            <translation>恢复每个命令的默认按键</translation>
        </message>
        <message>
            <source>Click a key and press another one to change it. Numbers choose portraits.</source>
            <translation>点击一个按键再按下另一个键即可更改。数字键选择肖像。</translation>
        </message>
        <message>
            <source>These keys work while another program has the focus. None is set until you choose it.</source>
            <translation>这些按键在使用其他程序时也有效。选择之前没有任何设置。</translation>
        </message>
        <message>
            <source>{} already means “{}”.</source>
            <translation>{} 已用于“{}”。</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Portraits and controls</source>
            <translation>肖像与控制</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>调整</translation>
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
            <translation>请使用正面、足够大且无遮挡的人脸图片。</translation>
        </message>
        <message>
            <source>Install Avatarify again.</source>
            <translation>请重新安装 Avatarify。</translation>
        </message>
        <message>
            <source>Write more of the name, or the number.</source>
            <translation>请写出更完整的名称，或写编号。</translation>
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
            <translation>请检查名称和文件夹。</translation>
        </message>
        <message>
            <source>Plug it in again; it is opened as soon as it is back.</source>
            <translation>请重新插入；恢复后会立即打开。</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>请运行：sudo usermod -aG video $USER，然后重新登录。</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>请关闭该程序，或使用其他摄像头。</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>请关闭正在使用它的其他程序。</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>请关闭正在使用它的其他程序，或重新插拔。</translation>
        </message>
        <message>
            <source>Check its cable; it is opened again.</source>
            <translation>请检查连接线；正在重新打开。</translation>
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
            <translation>正在重新打开。</translation>
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
            <translation>请打开隐私挡板，或增加光线。</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, check its privacy switch or its cable.</source>
            <translation>正在重新打开；如果无效，请检查隐私开关或连接线。</translation>
        </message>
        <message>
            <source>If it does not go on by itself, unplug it and plug it in again.</source>
            <translation>如果没有自行恢复，请拔下后重新插入。</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>请重新插入。</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>请重新插拔；如果是内置摄像头，请重启电脑。</translation>
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
            <translation>没有可以运行该模型的运行时。</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>请在首选项中选择“可用的最快者”。</translation>
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
            <translation>请重新获取该文件。</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>请重新复制或下载。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>请使用 PNG、JPEG、WebP、BMP 或 TIFF 图片。</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>请使用更大的图片。</translation>
        </message>
        <message>
            <source>Name one picture in it.</source>
            <translation>请指定其中的一张图片。</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>请检查访问权限。</translation>
        </message>
        <message>
            <source>No portraits are carried here.</source>
            <translation>这里没有自带的肖像。</translation>
        </message>
        <message>
            <source>Name a picture file, or install avatarify again.</source>
            <translation>请添加一张图片，或重新安装 Avatarify。</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, plug it in again.</source>
            <translation>正在重新打开；如果无效，请重新插拔。</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>请选择能拍到你的摄像头。</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>请稍后再试。</translation>
        </message>
        <message>
            <source>If it does not go on by itself, close the program that shows it.</source>
            <translation>如果没有自行恢复，请关闭显示它的程序。</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>请正视前方片刻。</translation>
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
            <translation>请拔下摄像头或关闭占用它的程序，然后重新启动 Avatarify。</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>某个关键点的雅可比矩阵不可逆。</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>请看向摄像头并重新校准。</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>关键点没有围成任何面积。</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>关键点不是有效数值。</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>请重新校准，或换一个模型。</translation>
        </message>
        <message>
            <source>Models for 10 key points at 256x256 with vox-cpk's layout can be used.</source>
            <translation>可以使用与 vox-cpk 结构相同、10 个关键点、256x256 的模型。</translation>
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
            <translation>请重新打开。</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>请使用其他文件夹。</translation>
        </message>
        <message>
            <source>Free some space or use another disk.</source>
            <translation>请释放一些空间或使用其他磁盘。</translation>
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
            <translation>请先创建。</translation>
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
            <translation>请打开“帮助”菜单中的“诊断”。</translation>
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
            <translation>请使该文件夹可写，或在 AVATARIFY_CONFIG 中指定其他文件夹。</translation>
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
            <translation>请重新导入该模型。</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is none at all: install avatarify again.</source>
            <translation>一个也没有：请重新安装 Avatarify。</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>意外错误：{}</translation>
        </message>
        <message>
            <source>Start again; if it stays, report it.</source>
            <translation>请重新启动；若仍存在，请报告。</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Close this message</source>
            <translation>关闭此消息</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Copy to the clipboard</source>
            <translation>复制到剪贴板</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
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
            <translation>新肖像</translation>
        </message>
        <message>
            <source>This picture is not on this machine: {}</source>
            <translation>此图片不在本机上：{}</translation>
        </message>
        <message>
            <source>Nothing is fetched from elsewhere. Copy the picture in the browser, then paste it here.</source>
            <translation>不会从别处获取任何内容。请在浏览器中复制图片，然后粘贴到此处。</translation>
        </message>
        <message>
            <source>There is no picture in it.</source>
            <translation>其中没有图片。</translation>
        </message>
        <message>
            <source>Copy a picture, then paste it here.</source>
            <translation>请先复制图片，再粘贴到此处。</translation>
        </message>
        <message>
            <source>{} was deleted.</source>
            <translation>已删除 {}。</translation>
        </message>
        <message>
            <source>{} is not a picture that can be read.</source>
            <translation>{} 不是可读取的图片。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>请使用 PNG、JPEG、WebP、BMP 或 TIFF 图片。</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>首选项</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>模型(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>运行时(&amp;R)</translation>
        </message>
        <message>
            <source>The fastest that works</source>
            <translation>可用的最快者</translation>
        </message>
        <message>
            <source>Found by itself</source>
            <translation>自动查找</translation>
        </message>
        <message>
            <source>The first face that is seen</source>
            <translation>看到的第一张脸</translation>
        </message>
        <message>
            <source>&amp;Neutral face</source>
            <translation>中性表情(&amp;N)</translation>
        </message>
        <message>
            <source>The language changes when Avatarify is opened again, model and runtime at the next Start.</source>
            <translation>语言在重新打开应用时更改，模型和运行时在下次开始时更改。</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what the others see</source>
            <translation>预览：他人看到的画面</translation>
        </message>
        <message>
            <source>Your own face goes out</source>
            <translation>正在发送你自己的脸</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>已冻结</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>画面中没有人脸</translation>
        </message>
        <message>
            <source>Camera lost, waiting for it</source>
            <translation>摄像头已断开，正在等待</translation>
        </message>
        <message>
            <source>Another program uses the camera</source>
            <translation>另一个程序正在使用摄像头</translation>
        </message>
        <message>
            <source>The camera stands still, trying again</source>
            <translation>摄像头画面静止，正在重试</translation>
        </message>
        <message>
            <source>The camera is covered</source>
            <translation>摄像头被遮住</translation>
        </message>
        <message>
            <source>Nothing goes out, trying again</source>
            <translation>没有输出，正在重试</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>未运行</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>This is all that was kept. Copy it into a message if you want somebody to look at it.</source>
            <translation>这就是保存的全部内容。若想让他人查看，请复制到消息中。</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>删除此报告</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>空闲</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>正在启动</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>画面中没有人脸</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>摄像头断开</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>摄像头被占用</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>摄像头静止</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>摄像头被遮住</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>输出丢失</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>正在停止</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>画面中没有人脸</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>附加延迟</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>丢帧</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>中性匹配</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Runtime and device are chosen at the start</source>
            <translation>运行时和设备在开始时选择</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{}，{}：{}</translation>
        </message>
        <message>
            <source>Delay your sound by {} ms in the meeting program.</source>
            <translation>请在会议软件中将声音延迟 {} 毫秒。</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>开始或停止发送动态肖像</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>重新校准</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>最佳帧</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>冻结</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>截图</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>录制</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show the window</source>
            <translation>显示窗口</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>虚拟摄像头</translation>
        </message>
        <message>
            <source>This installs and loads what is missing, and keeps it for the next start; it asks first:</source>
            <translation>安装并加载缺少的部分，并在下次开机时保留；会先询问：</translation>
        </message>
        <message>
            <source>Linux gets a virtual camera from a module of the kernel, v4l2loopback. By hand:</source>
            <translation>Linux 的虚拟摄像头来自内核模块 v4l2loopback。手动操作：</translation>
        </message>
        <message>
            <source>Load it, after each start of the machine (exclusive_caps=1 is what Chrome and Meet need):</source>
            <translation>每次开机后加载（Chrome 和 Meet 需要 exclusive_caps=1）：</translation>
        </message>
        <message>
            <source>With Secure Boot the module must be signed: modprobe then says “Key was rejected by service”.</source>
            <translation>启用安全启动时模块必须签名：否则 modprobe 会提示“Key was rejected by service”。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. 从 obsproject.com 安装 OBS Studio 26 或更新版本。</translation>
        </message>
        <message>
            <source>2. Start OBS once, press “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. 启动一次 OBS，按“启动虚拟摄像机”，然后停止并关闭 OBS。</translation>
        </message>
        <message>
            <source>3. Come back here and look again. Only one program can use the OBS camera at a time.</source>
            <translation>3. 返回此处重新查找。OBS 摄像头同一时间只能由一个程序使用。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer into the folder Applications.</source>
            <translation>1. 将 OBS Studio 30 或更新版本安装到“应用程序”文件夹。</translation>
        </message>
        <message>
            <source>2. Start OBS, press “Start Virtual Camera” and allow its extension in System Settings.</source>
            <translation>2. 启动 OBS，按“启动虚拟摄像机”，并在系统设置中允许其扩展。</translation>
        </message>
        <message>
            <source>3. Restart the machine, then come back here and look again.</source>
            <translation>3. 重新启动电脑，然后返回此处重新查找。</translation>
        </message>
        <message>
            <source>In the meeting program choose the camera “{}”</source>
            <translation>在会议软件中选择摄像头“{}”</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom：设置 → 视频 → 摄像头</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet：⋮ → 设置 → 视频 → 摄像头</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams：设置 → 设备 → 摄像头</translation>
        </message>
        <message>
            <source>Start Avatarify first. A meeting program that was open before must be restarted once. If the picture is mirrored there, that is the program's own preview: the others see it right.</source>
            <translation>请先启动 Avatarify。之前已打开的会议软件需要重启一次。若画面在其中是镜像的，那只是该软件自己的预览：他人看到的是正确的。</translation>
        </message>
        <message>
            <source>Or without one: a browser source in OBS</source>
            <translation>或者不用虚拟摄像头：OBS 的浏览器源</translation>
        </message>
        <message>
            <source>Only programs of this machine can open it. In OBS add a browser source with this address.</source>
            <translation>只有本机的程序可以打开。在 OBS 中用此地址添加浏览器源。</translation>
        </message>
        <message>
            <source>Send to the page {}</source>
            <translation>发送到页面 {}</translation>
        </message>
        <message>
            <source>Send coloured bars to the virtual camera for half a minute</source>
            <translation>向虚拟摄像头发送半分钟彩条</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>测试图</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Look for virtual cameras again</source>
            <translation>重新查找虚拟摄像头</translation>
        </message>
        <message>
            <source>The virtual camera is there.</source>
            <translation>虚拟摄像头已就绪。</translation>
        </message>
        <message>
            <source>There is no virtual camera yet.</source>
            <translation>还没有虚拟摄像头。</translation>
        </message>
        <message>
            <source>Stop the pattern</source>
            <translation>停止测试图</translation>
        </message>
        <message>
            <source>Coloured bars with a moving white bar should be seen in the meeting program now.</source>
            <translation>现在会议软件中应能看到彩条和移动的白条。</translation>
        </message>
        <message>
            <source>The pattern was sent to {}.</source>
            <translation>测试图已发送到 {}。</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>我同意</translation>
        </message>
        <message>
            <source>This is me</source>
            <translation>这是我</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>The picture of your camera stays on this machine. Nothing is sent anywhere.</source>
            <translation>你的摄像头画面保留在本机，不会发送到任何地方。</translation>
        </message>
        <message>
            <source>Use only faces you may use: your own, works of art, or people who agreed.</source>
            <translation>只使用你有权使用的脸：你自己的、艺术作品或已同意的人。</translation>
        </message>
        <message>
            <source>What goes out is marked as an AI avatar. Leave the mark on where it could be taken for real.</source>
            <translation>发出的画面标有 AI 头像标记。在可能被当真的场合请保留标记。</translation>
        </message>
        <message>
            <source>Your own face never goes out unless you ask for it.</source>
            <translation>除非你要求，否则绝不会发出你自己的脸。</translation>
        </message>
        <message>
            <source>Be a painting in your next call</source>
            <translation>在下次通话中化身画作</translation>
        </message>
        <message>
            <source>Choose the picture that shows you. No camera? The demo clip moves the portrait too.</source>
            <translation>选择显示你的画面。没有摄像头？演示片段也能驱动肖像。</translation>
        </message>
        <message>
            <source>Your camera</source>
            <translation>你的摄像头</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop a picture on the window. Then look straight ahead for a moment: your neutral face is found by itself.</source>
            <translation>在右侧选择肖像，或将图片拖放到窗口。然后直视前方片刻：会自动找到你的中性表情。</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>你的肖像</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify ended unexpectedly last time.</source>
            <translation>Avatarify 上次意外退出。</translation>
        </message>
        <message>
            <source>The report stays on this machine; you decide whether to share it.</source>
            <translation>报告保留在本机；是否分享由你决定。</translation>
        </message>
        <message>
            <source>Show my own face</source>
            <translation>显示我自己的脸</translation>
        </message>
        <message>
            <source>Send your own face instead of the portrait?</source>
            <translation>用你自己的脸代替肖像发送吗？</translation>
        </message>
        <message>
            <source>Everybody who sees the output sees your camera, marked as such, until you switch it off.</source>
            <translation>在你关闭之前，所有看到输出的人都会看到你的摄像头画面（带有标记）。</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>显示我的脸</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Pictures ({})</source>
            <translation>图片（{}）</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>添加肖像</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>录像和截图文件夹</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Name of the portrait</source>
            <translation>肖像名称</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
    </context>
</TS>
